// What the agent remembers of its host: never more than it brought about in this life of the kernel.
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

it('does not remember what the kernel refused: who makes it so later is somebody else', async () => {
  const stored = await file();
  const host = await LinuxHost.open(stored, pino({ level: 'silent' }));
  const before = await readSetting(FORWARD);
  expect(await host.apply([{ kind: 'setHostSetting', name: FORWARD, before, after: 'no number' }], 'goOn')).toMatchObject([{ status: 'failed' }]);
  expect(await stored.read()).toMatchObject({ settings: [] });
  await host.close();
});
