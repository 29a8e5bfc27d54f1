// What holds for every packet walk, whatever is defined and wherever the hosts are.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyOf } from '../definition/address.ts';
import type { VirtualService } from '../definition/definition.ts';
import type { ForwardingMethod } from '../definition/forwarding.ts';
import { walkInput } from '../testing/walks.ts';
import type { Hop, WalkInput } from './packet.ts';
import { targetsOf } from './target.ts';
import { walk } from './walk.ts';

const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const method: fc.Arbitrary<ForwardingMethod> = oneOf(
  { kind: 'nat' }, { kind: 'dr' }, { kind: 'proxied' }, { kind: 'tun', tunnel: { type: 'ipip' } },
  { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'remcsum' } }, { kind: 'tun', tunnel: { type: 'gre', checksum: 'csum' } });

const service: fc.Arbitrary<Pick<VirtualService, 'match' | 'persistence' | 'onePacket'>> = fc.record({
  match: fc.oneof(
    fc.record({ kind: oneOf('address'), protocol: oneOf('tcp', 'udp', 'sctp'), vip: oneOf('192.168.8.200', 'fd00::200'), port: oneOf(0, 80, 443) }),
    fc.record({
      kind: oneOf('mark'), family: oneOf('ipv4'), mark: oneOf(7), protocol: oneOf('tcp', 'udp', 'sctp'),
      vips: fc.shuffledSubarray(['192.168.8.200', '192.168.8.201'], { minLength: 1 }), ports: fc.subarray([80, 443]),
    })),
  persistence: oneOf(null, { timeoutSeconds: 300, prefixLength: 32, engine: null }),
  onePacket: oneOf(false),
});

const input: fc.Arbitrary<WalkInput> = service.chain((defined) => {
  const targets = targetsOf(defined.match);
  const family = familyOf(targets[0]?.vip ?? '');
  const address = family === 'ipv4' ? '203.0.113.7' : '2001:db8::7';
  return fc.record({
    service: fc.constant(defined),
    realServer: fc.record({ rip: oneOf('192.168.8.20', 'fd00::20'), port: oneOf(0, 80, 8080), method }),
    dip: fc.constant(walkInput().dip),
    target: fc.constantFrom(...targets),
    client: fc.oneof(
      fc.record({ place: oneOf('sameSubnet', 'behindDirector', 'behindRouter'), address: fc.constant(address), port: fc.integer({ min: 1, max: 65_535 }) }),
      fc.record({ place: oneOf('onDirector'), port: fc.integer({ min: 1, max: 65_535 }) })),
    realServerPlace: oneOf('sameSubnet', 'behindRouter', 'onDirector'),
    mtuBytes: fc.integer({ min: 1_280, max: 9_000 }),
  });
});

const property = (holds: (given: WalkInput) => void): void => fc.assert(fc.property(input, holds), { numRuns: 500 });

test('a walk begins at the client and each hop where the one before it ended', () => property((given) => {
  const { hops } = walk(given);
  expect(hops.map(({ from }) => from)).toEqual(['client', ...hops.slice(0, -1).map(({ to }) => to)]);
}));

test('without a fault the reply comes to the client from what it asked for', () => property((given) => {
  const { hops, reply, faults } = walk(given);
  fc.pre(faults.length === 0);
  const asked = hops[0]?.packet;
  expect(reply).not.toBeNull();
  expect(hops.at(-1)).toMatchObject({ direction: 'reply', to: 'client', packet: { source: asked?.destination, destination: asked?.source } });
}));

test('without a reply there is a fault, and every fault names a hop', () => property((given) => {
  const { hops, reply, faults } = walk(given);
  expect(reply !== null || faults.length > 0).toBe(true);
  for (const { hop } of faults) expect(hops[hop]).toBeDefined();
}));

const requestsOf = (hops: readonly Hop[]): readonly Hop[] => hops.filter(({ direction }) => direction === 'request');

test('DR and TUN change nothing of the packet but its ttl, and only TUN puts another around it', () => property((given) => {
  const { kind } = given.realServer.method;
  fc.pre(kind === 'dr' || kind === 'tun');
  const requests = requestsOf(walk(given).hops);
  for (const { packet, outer } of requests) {
    expect({ ...packet, ttl: 0 }).toEqual({ ...requests[0]?.packet, ttl: 0 });
    expect(kind === 'tun' || outer === null).toBe(true);
  }
}));

test('NAT keeps the client, and what the real server answers is the mirror of what it got', () => property((given) => {
  fc.pre(given.realServer.method.kind === 'nat');
  const { hops } = walk(given);
  const got = requestsOf(hops).at(-1);
  expect(got?.packet.source).toEqual(hops[0]?.packet.source);
  const mirrors = hops.filter(({ from }) => from === 'realServer').map(({ packet }) => packet);
  for (const mirror of mirrors) expect(mirror).toMatchObject({ source: got?.packet.destination, destination: got?.packet.source, ttl: 64 });
}));

test('no ttl of one connection rises on the way, and every packet leaves room for its payload', () => property((given) => {
  const { hops } = walk(given);
  fc.pre(given.realServer.method.kind !== 'proxied');
  for (const direction of ['request', 'reply'] as const) {
    const ttls = hops.filter((hop) => hop.direction === direction).map(({ packet }) => packet.ttl);
    expect(ttls).toEqual(ttls.toSorted((a, b) => b - a));
  }
  for (const { room } of hops) {
    expect(room.packetBytes + room.overheadBytes).toBe(room.mtuBytes);
    expect(room.payloadBytes).toBeGreaterThan(0);
  }
}));
