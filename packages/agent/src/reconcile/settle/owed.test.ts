// What the agent tries again, how often, and when it leaves it to a person.
import type { PlanOperation } from '@weir/model';
import { expect, it } from 'vitest';
import { Owed } from './owed.ts';

const vip: PlanOperation = { kind: 'addVip', vip: '192.168.8.200', interface: 'eth0' };
const setting: PlanOperation = { kind: 'setHostSetting', name: 'net/ipv4/ip_forward', before: '0', after: '1' };

it('after a start all is owed, later what is left undone', () => {
  const owed = new Owed();
  expect([owed.covers(vip), owed.covers(setting)]).toEqual([true, true]);
  owed.settled([vip]);
  expect([owed.covers(vip), owed.covers(setting), owed.nothing]).toEqual([true, false, false]);
  owed.settled([]);
  expect([owed.covers(vip), owed.nothing]).toEqual([false, true]);
});

it('is tried less and less often, and not for ever', () => {
  const owed = new Owed();
  const waits: number[] = [];
  while (!owed.settled([vip])) waits.push(owed.retryInMs);
  expect(waits.slice(0, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(waits).toHaveLength(13);
  expect(owed.nothing).toBe(true);
});

it('begins anew with the next that is owed', () => {
  const owed = new Owed();
  while (!owed.settled([vip]));
  owed.add({ service: 'tcp 192.168.8.200:80', endpoint: '192.168.8.20:80' });
  expect(owed.retryInMs).toBe(1_000);
  expect(owed.settled([vip])).toBe(false);
});

it('a forwarder that does not answer is asked for ever', () => {
  const owed = new Owed();
  for (let tries = 0; tries < 100; tries += 1) owed.failed();
  expect([owed.covers(vip), owed.retryInMs]).toEqual([true, 60_000]);
});
