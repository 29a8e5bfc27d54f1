import type { DestinationSample } from '@weir/ipvs';
import { expect, test } from 'vitest';
import { sampleOf } from './sample.ts';

const counters = { connections: 4n, packetsIn: 10n, packetsOut: 8n, bytesIn: 1_000n, bytesOut: 9_000n };
const bypassed = { ...counters, packetsOut: 'replyBypassesDirector', bytesOut: 'replyBypassesDirector' };
const service = { id: { kind: 'mark', family: 'ipv4', mark: 7 }, settings: { scheduler: 'rr', flags: 0, timeoutSeconds: 0, netmask: 0xffff_ffff, engine: null }, counters } as const;

function destination(last: number, forward: number): DestinationSample {
  return { id: { address: `10.1.0.${last}`, port: 80 }, forward, weight: 1, connections: { active: 1, inactive: 2, persistent: 0 }, counters };
}

test('sees the replies of NAT, and says why not those of DR and TUN', () => {
  expect(sampleOf(service, [destination(1, 0)]).counters).toEqual(counters);
  for (const forward of [2, 3]) expect(sampleOf(service, [destination(1, forward)]).realServers[0]?.counters).toEqual(bypassed);
});

test('gives no sum of which a part is not seen', () => {
  const mixed = sampleOf(service, [destination(2, 3), destination(1, 0)]);
  expect(mixed.counters).toEqual(bypassed);
  expect(mixed.realServers.map(({ key, counters: own }) => [key, own])).toEqual([['10.1.0.1:80', counters], ['10.1.0.2:80', bypassed]]);
});

test('has the sum of a service without real servers', () => {
  expect(sampleOf(service, [])).toEqual({ key: 'fwm ipv4 7', refused: null, counters, realServers: [] });
});
