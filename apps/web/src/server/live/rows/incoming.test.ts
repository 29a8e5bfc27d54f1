// What comes in for each real server, from two samples.
import type { Counters } from '@weir/model';
import { expect, it } from 'vitest';
import { packed } from '../../testing/agents/packed.ts';
import { incomingOf } from './incoming.ts';
import { hold } from '../held/ring.ts';
import type { HeldSample } from '../held/ring.ts';

const counters = (bytesIn: bigint): Counters => ({ connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn, bytesOut: 0n });
const sampleOf = (measuredAtMs: number, bytes: Readonly<Record<string, bigint>>): HeldSample => hold(packed({
  measuredAtMs,
  services: [{
    key: 'tcp 10.0.0.1:80', counters: counters(0n), refused: null,
    realServers: Object.entries(bytes).map(([key, bytesIn]) => ({ key, weight: 1, connections: { active: 0, inactive: 0, persistent: null }, counters: counters(bytesIn) })),
  }],
}), { bootId: 'b', byteKind: 'ipBytes', receivedAtMs: measuredAtMs });

it('is so many bytes a second, and not known of what is new', () => {
  const incoming = incomingOf(sampleOf(4_000, { '10.0.1.1:80': 900n, '10.0.1.2:80': 50n }), sampleOf(2_000, { '10.0.1.1:80': 100n }));
  expect([...incoming]).toEqual([['tcp 10.0.0.1:80 10.0.1.1:80', 400], ['tcp 10.0.0.1:80 10.0.1.2:80', null]]);
});
