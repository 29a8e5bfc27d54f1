// What the agent remembers of its host: never more than it brought about in this life of the kernel.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { HostFile } from '../disk/data-folder.ts';
import { storedFile } from '../disk/whole-file.ts';
import type { StoredFile } from '../disk/whole-file.ts';
import { temporaryFolder } from '../testing/bench.ts';
import { HostLedger } from './ledger.ts';
import { LinuxHost } from './linux-host.ts';
import { readSetting } from './settings.ts';

const FORWARD = 'net/ipv4/ip_forward';
const made = (): Promise<void> => Promise.resolve();

async function file(): Promise<StoredFile<HostFile>> {
  return storedFile(join(await temporaryFolder(), 'host.json'), HostFile);
}

it('remembers over a restart what was on the host before Weir, also of what was changed twice', async () => {
  const stored = await file();
  const ledger = await HostLedger.load(stored, 'this boot');
  await ledger.addVip('192.168.8.200', 'eth0');
  await ledger.changeSetting({ name: FORWARD, value: '0', set: '1' }, made);
  await ledger.changeSetting({ name: FORWARD, value: '1', set: '2' }, made);
  const next = await HostLedger.load(stored, 'this boot');
  expect([next.hasVip('192.168.8.200', 'eth0'), next.before(FORWARD, '2'), next.before(FORWARD, '1')]).toEqual([true, '0', null]);
});

it('takes nothing of an earlier boot for Weir\'s: who made it what it is now is not known', async () => {
  const stored = await file();
  const ledger = await HostLedger.load(stored, 'boot before');
  await ledger.addVip('192.168.8.200', 'eth0');
  await ledger.changeSetting({ name: FORWARD, value: '0', set: '1' }, made);
  const next = await HostLedger.load(stored, 'this boot');
  expect([next.hasVip('192.168.8.200', 'eth0'), next.before(FORWARD, '1')]).toEqual([false, null]);
});

it('reads what the first agents wrote, which does not say of which boot it is, and takes nothing of it for Weir\'s', async () => {
  const stored = await file();
  await writeFile(stored.path, JSON.stringify({
    format: 1, vips: [{ address: '192.168.8.200', interface: 'eth0' }], settings: [{ name: FORWARD, before: '0', set: '1' }],
  }));
  const ledger = await HostLedger.load(stored, 'this boot');
  expect([ledger.hasVip('192.168.8.200', 'eth0'), ledger.before(FORWARD, '1')]).toEqual([false, null]);
});

it('knows of each VIP whether its link was told, also what was written at the same time', async () => {
  const stored = await file();
  const ledger = await HostLedger.load(stored, 'this boot');
  await Promise.all([
    ledger.addVip('192.168.8.200', 'eth0'), ledger.addVip('192.168.8.201', 'eth0'), ledger.markAnnounced([{ vip: '192.168.8.200', interface: 'eth0' }]),
    ledger.addVip('192.168.8.202', 'eth0'), ledger.removeVip('192.168.8.202', 'eth0'),
  ]);
  const next = await HostLedger.load(stored, 'this boot');
  expect(['200', '201', '202'].map((last) => [next.hasVip(`192.168.8.${last}`, 'eth0'), next.isAnnounced(`192.168.8.${last}`, 'eth0')]))
    .toEqual([[true, true], [true, false], [false, false]]);
  await next.addVip('192.168.8.200', 'eth0');
  expect(next.isAnnounced('192.168.8.200', 'eth0')).toBe(false);
});

it('refuses more VIPs than it could read again', async () => {
  const stored = await file();
  const vips = Array.from({ length: 10_000 }, (_, index) => ({ address: `10.0.${index >> 8}.${index & 0xff}`, interface: 'eth0', announced: true }));
  await stored.write({ format: 1, life: 'this boot', vips, settings: [] });
  const ledger = await HostLedger.load(stored, 'this boot');
  await expect(ledger.addVip('192.168.8.200', 'eth0')).rejects.toThrow('10000 VIPs of Weir are on this host already');
  await ledger.addVip('10.0.0.0', 'eth0');
});

it('does not remember what the kernel refused: who makes it so later is somebody else', async () => {
  const stored = await file();
  const host = await LinuxHost.open(stored, pino({ level: 'silent' }));
  const before = await readSetting(FORWARD);
  expect(await host.apply([{ kind: 'setHostSetting', name: FORWARD, before, after: 'no number' }], 'goOn')).toMatchObject([{ status: 'failed' }]);
  expect(await stored.read()).toMatchObject({ settings: [] });
  await host.close();
});
