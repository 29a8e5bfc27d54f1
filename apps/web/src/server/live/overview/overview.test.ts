// The overview's second: which services are in it, in which order, how each stands, and what of a past one is kept.
import type { Sample } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { LiveTick } from '../../../live/topic.ts';
import { linesMax } from '../../../live/service-line.ts';
import type { ServiceLine } from '../../../live/service-line.ts';
import type { KnownRevision } from '../../clusters/standings.ts';
import { webCluster } from '../../testing/directors.ts';
import { packed } from '../../testing/agents/packed.ts';
import type { DirectorNow } from '../holders.ts';
import type { Moment } from '../moment.ts';
import { hold } from '../held/ring.ts';
import { composeOverview } from './overview.ts';

type Definition = KnownRevision['definition'];

const vipOf = (cluster: number) => `127.1.1.${cluster + 1}`;

function definitionOf(cluster: number, directorIds: readonly string[] = ['a']): Definition {
  return webCluster({ name: `web ${cluster}`, directorIds: [...directorIds], vip: vipOf(cluster), realServers: [{ address: '127.2.0.1', port: 80 }, { address: '127.2.0.2', port: 80 }] });
}

const wanted = (definition: Definition, cluster: number): KnownRevision => (
  { clusterId: `c${cluster}`, name: definition.name, number: 1, author: 'Ann', authorId: 'ann', reason: '', basedOn: null, createdAt: new Date(0), approval: { state: 'saved' }, definition });

interface Seen { readonly bytes?: bigint; readonly weights?: readonly number[]; readonly active?: number }

/** The n-th is what the director says of the n-th cluster; undefined: nothing. */
function sampleOf(measuredAtMs: number, seen: readonly (Seen | undefined)[]): Sample {
  return {
    measuredAtMs,
    services: seen.flatMap((one, cluster) => {
      if (one === undefined) return [];
      const { bytes = 0n, weights = [1, 1], active = 2 } = one;
      const counters = { connections: bytes / 10n, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: bytes, bytesOut: 2n * bytes } as const;
      return [{
        key: `tcp ${vipOf(cluster)}:8080` as const, counters, refused: null,
        realServers: weights.map((weight, index) => ({ key: `127.2.0.${index + 1}:80` as const, weight, connections: { active, inactive: 0, persistent: null }, counters })),
      }];
    }),
  };
}

const heldAt = (atMs: number, seen: readonly (Seen | undefined)[]) => hold(packed(sampleOf(atMs, seen)), { bootId: 'boot', byteKind: 'payloadBytes', receivedAtMs: atMs });

function director(definitions: readonly Definition[], seen: readonly (Seen | undefined)[], change: Partial<DirectorNow> = {}): DirectorNow {
  return {
    directorId: 'a', name: 'lvs-a', live: true, lastSeenAtMs: 5_000, version: 3, health: null,
    accepted: new Map(definitions.map((definition, cluster) => [`c${cluster}`, definition])),
    sample: heldAt(5_000, seen), before: heldAt(4_000, seen.map((one) => one && { ...one, bytes: 0n })), ...change,
  };
}

function moment(definitions: readonly Definition[], ...directors: readonly DirectorNow[]): Moment {
  return { atMs: 5_200, wanted: definitions.map(wanted), directors: new Map(directors.map((one) => [one.directorId, one])) };
}

const linesOf = (tick: LiveTick): readonly ServiceLine[] => LiveTick.parse(tick).lines?.shown ?? [];
const troubles = (tick: LiveTick) => linesOf(tick).map(({ clusterId, troubles: own }) => [clusterId, ...own]);
const three = [0, 1, 2].map((cluster) => definitionOf(cluster));

const down = { realServerId: 'rs-0', standing: 'down' as const, sinceMs: 7, isUp: false, isUsed: false, rule: { code: 'fell' as const, params: {}, sinceMs: 7 } };
const order = (...bytes: bigint[]) => linesOf(composeOverview(moment(three, director(three, bytes.map((each) => ({ bytes: each })))))).map(({ clusterId }) => clusterId);
const health = {
  checker: null,
  of: () => ({ clusterId: 'c0', serviceId: 'web', sorry: false, state: { code: 'belowGoOn' as const, params: {}, sinceMs: 7 }, realServers: [down] }),
};

describe('a line', () => {
  it('has what its service carries, and how its real servers stand', () => {
    const [line] = linesOf(composeOverview(moment(three.slice(0, 1), director(three.slice(0, 1), [{ bytes: 1_000n, weights: [1, 0] }]))));
    expect(line).toEqual({
      clusterId: 'c0', serviceId: 'web', name: 'web', key: 'tcp 127.1.1.1:8080', method: 'proxied', directors: ['a'],
      carried: { active: 4, perSecond: { connections: 100, bytesIn: 1_000, bytesOut: 2_000 }, byteKind: 'payloadBytes' },
      realServers: { all: 2, down: 0, draining: 1, out: 0 }, troubles: ['draining'],
    });
  });

  it('says that nobody takes new connections, and that a real server of weight 0 without any is out', () => {
    const tick = composeOverview(moment(three.slice(0, 1), director(three, [{ weights: [0, 0], active: 0 }])));
    expect(linesOf(tick)[0]).toMatchObject({ troubles: ['takesNone'], realServers: { draining: 0, out: 2 } });
  });

  it('is of the last word where all that forward it are silent, and not of a silent one beside a live one', () => {
    const shared = [definitionOf(0, ['a', 'b'])];
    const silent = director(shared, [{ bytes: 50n }], { live: false });
    expect(linesOf(composeOverview(moment(shared, silent)))[0]).toMatchObject({ directors: ['a'], carried: { perSecond: { bytesIn: 50 } }, troubles: ['silent'] });
    const both = moment(shared, silent, director(shared, [{ bytes: 7n }], { directorId: 'b' }));
    expect(linesOf(composeOverview(both))[0]).toMatchObject({ directors: ['b'], carried: { perSecond: { bytesIn: 7 } }, troubles: [] });
  });

  it('tells what is not applied from what is accepted and not forwarded, and both from what nobody was heard of', () => {
    const [first] = three;
    if (first === undefined) throw new Error('no definition');
    const only = [first];
    expect(troubles(composeOverview(moment(only, director([], [undefined]))))).toEqual([['c0', 'notApplied']]);
    expect(troubles(composeOverview(moment(only, director(only, [undefined]))))).toEqual([['c0', 'notForwarded']]);
    expect(troubles(composeOverview(moment(only, director(only, [], { sample: null, before: null, accepted: null }))))).toEqual([['c0', 'unheard']]);
    expect(linesOf(composeOverview(moment(only)))[0]).toMatchObject({ directors: [], carried: { active: null }, realServers: { all: 2 }, troubles: ['unheard'] });
  });

  it('counts who is down by the director that sees it gravest', () => {
    expect(linesOf(composeOverview(moment(three.slice(0, 1), director(three, [{ weights: [0, 1] }], { health }))))[0])
      .toMatchObject({ troubles: ['belowQuorum', 'someDown'], realServers: { all: 2, down: 1, draining: 0, out: 0 } });
  });
});

describe('the overview', () => {
  it('has the gravest first, then who carries most', () => {
    const tick = composeOverview(moment(three, director(three, [{ bytes: 100n }, { bytes: 9_000n }, { weights: [0, 0] }])));
    expect(troubles(tick)).toEqual([['c2', 'takesNone', 'draining'], ['c1'], ['c0']]);
    expect(tick.lines).toMatchObject({ services: 3, troubled: 1 });
    expect(tick.totals).toMatchObject({ active: { sum: 12 }, bytesInPerSecond: { sum: 9_100, unknown: 0 }, twoByteKinds: false });
  });

  it('does not put what is only to apply, or drains by order, before what carries something', () => {
    const now = moment(three, director(three.slice(0, 2), [{ bytes: 10n, weights: [1, 0] }, { bytes: 9_000n }, undefined]));
    const tick = composeOverview(now);
    expect(troubles(tick)).toEqual([['c1'], ['c0', 'draining'], ['c2', 'notApplied']]);
    expect(tick.lines).toMatchObject({ services: 3, troubled: 0 });
  });

  it('keeps the order of what carries about the same', () => {
    expect(order(1_100n, 1_200n, 1_300n)).toEqual(order(1_300n, 1_200n, 1_100n));
  });

  it('is bounded, and says how many there are', () => {
    const many = Array.from({ length: linesMax + 20 }, (_, cluster) => definitionOf(cluster));
    const tick = composeOverview(moment(many, director(many, many.map((_, cluster) => ({ bytes: 2n ** BigInt(cluster % 60) })))));
    expect(tick.lines).toMatchObject({ services: linesMax + 20, troubled: 0 });
    const carried = linesOf(tick).map(({ carried: { perSecond } }) => Number(perSecond.bytesIn));
    expect(carried).toHaveLength(linesMax);
    expect(carried).toEqual(carried.toSorted((a, b) => b - a));
    expect(Math.min(...carried)).toBe(2 ** 10);
  });

  it('of a past second keeps what a line is drawn of, and nothing of what nobody measured', () => {
    const now = moment(three, director(three, [{ bytes: 1_000n }, undefined, { bytes: 30n }]));
    const tick = LiveTick.parse(composeOverview(now, new Set(['c0/web', 'c1/web'])));
    expect(tick.traces).toEqual({ 'c0/web': 1_000 });
    expect(tick.lines).toBeUndefined();
    const silent = moment(three, director(three, [{ bytes: 1_000n }], { live: false }));
    expect(composeOverview(silent, new Set(['c0/web'])).traces).toEqual({});
  });
});
