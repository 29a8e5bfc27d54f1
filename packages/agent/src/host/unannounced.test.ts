// VIPs that nobody was told of when the agent ended, on a link where nobody needs to be asked.
import { join } from 'node:path';
import type { Link } from '@weir/netlink';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { HostFile } from '../disk/data-folder.ts';
import { storedFile } from '../disk/whole-file.ts';
import { temporaryFolder } from '../testing/bench.ts';
import { Announcer } from './announcer.ts';
import { HostLedger } from './ledger.ts';
import { Unannounced } from './unannounced.ts';

const log = pino({ level: 'silent' });
const vip = '192.168.8.200';
const link: Link = { index: 1, name: 'eth0', hardwareAddress: null, mtuBytes: 1_500, up: true, running: true, loopback: false, arp: false, kind: null };

class Watched extends Announcer {
  readonly #then: () => Promise<void>;

  constructor(then: () => Promise<void>) {
    super(log);
    this.#then = then;
  }

  override async announce(): Promise<boolean> {
    await this.#then();
    return true;
  }
}

async function announcedWhile(then: (ledger: HostLedger, takeOff: () => void) => Promise<void>): Promise<HostLedger> {
  const ledger = await HostLedger.load(storedFile(join(await temporaryFolder(), 'host.json'), HostFile), 'this boot');
  await ledger.addVip(vip, 'eth0');
  let addresses = [{ address: vip, prefixLength: 32, byWeir: true }];
  const look = () => ({ links: [link], interfaces: [{ name: 'eth0', up: true, loopback: false, addresses }] });
  await new Unannounced({ ledger, log, look, announcer: new Watched(() => then(ledger, () => { addresses = []; })) }).start();
  return ledger;
}

it('are announced, and known to be', async () => {
  const ledger = await announcedWhile(() => Promise.resolve());
  expect([ledger.hasVip(vip, 'eth0'), ledger.isAnnounced(vip, 'eth0')]).toEqual([true, true]);
});

it('are Weir\'s no more where one was taken off while it was announced', async () => {
  const ledger = await announcedWhile(async (known, takeOff) => {
    takeOff();
    await known.removeVip(vip, 'eth0');
  });
  expect(ledger.hasVip(vip, 'eth0')).toBe(false);
});
