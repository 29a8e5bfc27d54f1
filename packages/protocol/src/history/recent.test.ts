// The last minutes on the wire: what comes over, and what is refused.
import type { Moment, Recent } from '@weir/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRecent, encodeRecent, RecentAnswer, RecentInput } from './recent.ts';

const seen = fc.maxSafeNat();
const grown = fc.oneof(seen, fc.constantFrom('userSpace' as const, 'replyBypassesDirector' as const));
const growth = fc.record({ connections: seen, packetsIn: grown, packetsOut: grown, bytesIn: grown, bytesOut: grown });
const bypassed = fc.record({ connections: seen, packetsIn: seen, packetsOut: fc.constant('replyBypassesDirector' as const), bytesIn: seen, bytesOut: fc.constant('replyBypassesDirector' as const) });

function moments(of: fc.Arbitrary<NonNullable<Moment['growth']>>, weight: fc.Arbitrary<number | null>, length: number): fc.Arbitrary<(Moment | null)[]> {
  const moment = fc.record({ active: fc.nat(), inactive: fc.nat(), weight, growth: fc.option(of) });
  return fc.array(fc.option(moment), { minLength: length, maxLength: length });
}

const recent: fc.Arbitrary<Recent> = fc.nat(6).chain((length) => fc.record({
  byteKind: fc.constantFrom('ipBytes' as const, 'payloadBytes' as const), countersRefreshMs: fc.constantFrom(0, 2_000), sinceMs: fc.option(fc.nat()),
  times: fc.array(fc.record({ atMs: fc.nat(), stepMs: fc.nat(2_500) }), { minLength: length, maxLength: length }),
  lines: fc.tuple(moments(growth, fc.constant(null), length), fc.array(moments(bypassed, fc.nat(), length), { maxLength: 3 })).map(([whole, others]) => [
    { key: null, realServerId: null, moments: whole },
    ...others.map((of, at) => ({ key: `10.0.0.${at}:80`, realServerId: at === 0 ? null : `r${at}`, moments: of })),
  ]),
}));

const line = [null, null, [3], [4], null, [[1], [2], 'replyBypassesDirector', [3], 'replyBypassesDirector']];
const answer = { byteKind: 'ipBytes', countersRefreshMs: 2_000, sinceMs: 5, atMs: [6], stepMs: [1_000], lines: [line] };

const of = (subject: unknown, more = {}): boolean => RecentInput.safeParse({ of: subject, realServers: false, fromMs: 0, toMs: 1, ...more }).success;

describe('the last minutes', () => {
  it('are these on the wire', () => {
    const unseen = 'replyBypassesDirector';
    expect(encodeRecent({
      byteKind: 'ipBytes', countersRefreshMs: 2_000, sinceMs: 5, times: [{ atMs: 6, stepMs: 1_000 }],
      lines: [{ key: null, realServerId: null, moments: [{ active: 3, inactive: 4, weight: null, growth: { connections: 1, packetsIn: 2, packetsOut: unseen, bytesIn: 3, bytesOut: unseen } }] }],
    })).toEqual(answer);
  });

  it('come over as they were', () => {
    fc.assert(fc.property(recent, (given) => {
      expect(decodeRecent(RecentAnswer.parse(JSON.parse(JSON.stringify(encodeRecent(given)))))).toEqual(given);
    }));
  });

  const spoiled = (at: number, value: unknown): unknown => ({ ...answer, lines: [line.map((part, index) => (index === at ? value : part))] });
  it.each<[what: string, given: unknown]>([
    ['nothing', null], ['an unknown key', { ...answer, extra: 1 }], ['other bytes', { ...answer, byteKind: 'bits' }], ['fewer steps than times', { ...answer, stepMs: [] }],
    ['a step back', { ...answer, stepMs: [-1] }], ['a line that is shorter', spoiled(2, [])], ['one that is longer', spoiled(3, [1, 2])], ['weights for other times', spoiled(4, [])],
    ['growth for other times', spoiled(5, [[1, 2], [2], 'userSpace', [3], 'userSpace'])], ['growth below 0', spoiled(5, [[-1], [2], 'userSpace', [3], 'userSpace'])],
    ['growth beyond 2^53', spoiled(5, [[2 ** 53], [2], 'userSpace', [3], 'userSpace'])], ['a reason that is none', spoiled(5, [[1], [2], 'rain', [3], 'userSpace'])],
    ['four counters', spoiled(5, [[1], [2], [3], [4]])], ['an empty key', spoiled(0, '')], ['half a connection', spoiled(2, [0.5])],
    ['1,001 times', { ...answer, atMs: Array.from({ length: 1_001 }, () => 1), stepMs: Array.from({ length: 1_001 }, () => 1), lines: [] }],
    ['10,002 lines', { ...answer, atMs: [], stepMs: [], lines: Array.from({ length: 10_002 }, () => [null, null, [], [], null, [[], [], [], [], []]]) }],
  ])('are not %s', (_, given) => expect(RecentAnswer.safeParse(given).success).toBe(false));

  it('are asked for of a director, a cluster or a service', () => {
    expect([of({ kind: 'director' }), of({ kind: 'cluster', clusterId: 'c' }), of({ kind: 'service', clusterId: 'c', serviceId: 's' })]).toEqual([true, true, true]);
    expect([of({ kind: 'cluster' }), of({ kind: 'service', clusterId: 'c' }), of({ kind: 'realServer' }), of(null), of({ kind: 'director' }, { fromMs: -1 }), of({ kind: 'director' }, { toMs: 0.5 })]).toEqual(Array.from({ length: 6 }, () => false));
  });
});
