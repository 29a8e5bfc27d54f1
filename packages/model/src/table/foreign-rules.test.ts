// What others made in a forwarder, in the words of ipvsadm.
import { expect, it } from 'vitest';
import { FOREIGN_SHOWN_MAX, ForeignRules, foreignRules } from './foreign-rules.ts';
import type { ActualService, OtherRule } from './table.ts';

const settings = { method: { kind: 'dr' as const }, weight: 3, thresholds: { upper: 0, lower: 0 } };
const connections = { active: 0, inactive: 0, persistent: 0 };

function service(port: number, foreign: boolean, realServers = 1): ActualService {
  return {
    address: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port }, settings: { scheduler: { name: 'wlc' }, persistence: null, onePacket: false }, foreign,
    realServers: Array.from({ length: realServers }, (_, index) => ({ endpoint: { rip: `10.1.${index >> 8}.${index & 255}`, port }, settings, connections })),
  };
}

const other: OtherRule = { key: 'tcp 10.0.0.1:80 127.0.0.1:80', is: 'realServer', service: null, text: '-a -t 10.0.0.1:80 -r 127.0.0.1:80 -l', why: 'method' };

it('tells services of others with their real servers, and rules beyond its words, but nothing that is Weir\'s', () => {
  expect(foreignRules({ services: [service(80, false), service(81, true)], others: [other] })).toEqual({
    count: 3,
    rules: [
      { is: 'realServer', text: '-a -t 10.0.0.1:80 -r 127.0.0.1:80 -l', why: 'method' },
      { is: 'service', text: '-A -t 10.0.0.1:81 -s wlc', why: null }, { is: 'realServer', text: '-a -t 10.0.0.1:81 -r 10.1.0.0:81 -g -w 3', why: null },
    ],
  });
  expect(foreignRules({ services: [service(80, false)], others: [] })).toEqual({ rules: [], count: 0 });
});

it('names what ipvsadm has no words for', () => {
  const [first] = service(81, true).realServers;
  const heavy = { ...service(81, true), realServers: first === undefined ? [] : [{ ...first, settings: { ...settings, weight: 70_000 } }] };
  expect(foreignRules({ services: [heavy], others: [] }).rules[1]?.text).toBe('tcp 10.0.0.1:81 -> 10.1.0.0:81');
});

it('tells no more than anybody reads, and how many there are', () => {
  const told = foreignRules({ services: [service(80, true, 700), service(81, true, 700)], others: [other] });
  expect([told.rules.length, told.count]).toEqual([FOREIGN_SHOWN_MAX, 1_403]);
  expect(ForeignRules.parse(told)).toEqual(told);
});
