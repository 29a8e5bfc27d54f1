import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../scheduler.ts';
import { anyone, from, picks, weighing } from '../samples.ts';
import type { Numbered } from '../samples.ts';
import { maglev, maglevBuckets } from './maglev.ts';

const plain = maglev({ fallback: false, port: false });
const withFallback = maglev({ fallback: true, port: false });

/** The table itself, which `pick` gives back as its state. */
function bucketsOf(candidates: readonly Candidate[]): readonly number[] {
  return [...plain.pick(null, candidates, anyone, from('10.0.0.1')).state ?? []];
}

function ownersOf(candidates: readonly Numbered[]): (number | undefined)[] {
  return bucketsOf(candidates).map((owner) => candidates[owner]?.index);
}

/** FNV-1a over the owners' places, counted from 1. */
function digestOf(buckets: readonly number[]): string {
  return buckets.reduce((hash, owner) => BigInt.asUintN(64, (hash ^ BigInt(owner + 1)) * 1_099_511_628_211n), 14_695_981_039_346_656_037n).toString(16);
}

function countsOf(buckets: readonly number[], candidates: readonly Candidate[]): number[] {
  return candidates.map((_, index) => buckets.filter((owner) => owner === index).length);
}

function three(...weights: number[]): Numbered[] {
  const endpoints = [{ rip: '192.168.8.20', port: 80 }, { rip: '192.168.8.30', port: 80 }, { rip: '192.168.8.40', port: 8_080 }];
  return weighing(weights).flatMap((one, at) => endpoints.slice(at, at + 1).map((endpoint) => ({ ...one, endpoint })));
}

describe('the table', () => {
  // Computed in C by the loops of linux 6.1, net/netfilter/ipvs/ip_vs_mh.c: ip_vs_mh_permutate and ip_vs_mh_populate.
  test.each([
    [[1, 1, 1], [1_365, 1_364, 1_364], 'd51d55f37c4b82a8', [1, 1, 0, 1, 2, 1], [1, 0, 2, 2, 0, 0]],
    [[3, 2, 1], [2_047, 1_364, 682], '4bb46b47d07402c2', [1, 1, 0, 0, 2, 1], [1, 0, 1, 1, 0, 0]],
    [[100, 50, 7], [2_637, 1_300, 156], 'cc431feda60c2b84', [1, 1, 0, 0, 0, 1], [1, 0, 0, 1, 0, 0]],
    [[65_535, 1, 300], [3_969, 62, 62], '105cde75918ebf4', [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]],
    [[5, 0, 5], [2_047, 0, 2_046], 'e0acc3db553bcc54', [0, 0, 0, 0, 2, 0], [2, 0, 2, 2, 0, 0]],
  ])('of weights %j is the kernel\'s, bucket for bucket', (weights, counts, digest, picked, pickedWithPort) => {
    const candidates = three(...weights);
    const buckets = bucketsOf(candidates);
    expect([countsOf(buckets, candidates), digestOf(buckets)]).toEqual([counts, digest]);
    const clients = ['127.0.0.1', '10.1.2.3', '192.168.8.100', '255.255.255.255', 'fd00::1', '2001:db8::8a2e:370:7334'].map((cip) => from(cip, 40_000));
    expect(picks(plain, candidates, clients)).toEqual(picked);
    expect(picks(maglev({ fallback: false, port: true }), candidates, clients)).toEqual(pickedWithPort);
  });

  test('of IPv6 real servers is the kernel\'s too', () => {
    const candidates = weighing([2, 1]).map((one) => ({ ...one, endpoint: { rip: one.index === 0 ? 'fd00::20' : 'fd00::30', port: 443 } }));
    expect(digestOf(bucketsOf(candidates))).toBe('d536bd4ff1ab1cdc');
  });

  test('has room for one real server in each bucket, and is empty without weights', () => {
    const many = Array.from({ length: maglevBuckets }, (_, index): Candidate => (
      { endpoint: { rip: `10.0.${index >> 8}.${index & 255}`, port: 80 }, weight: 1, lastWeight: 1, active: 0, inactive: 0 }));
    expect(new Set(bucketsOf(many)).size).toBe(maglevBuckets);
    expect(new Set(bucketsOf(weighing([0, 0])))).toEqual(new Set([-1]));
    expect(picks(withFallback, weighing([0, 0]), [from('10.0.0.1')])).toEqual([null]);
    expect(picks(withFallback, [], [from('10.0.0.1')])).toEqual([null]);
  });

  test('gives shares by weight, up to six bits of it', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 63 }), { minLength: 1, maxLength: 12 }), (weights) => {
      const candidates = weighing(weights);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      // The last round ends somewhere: whoever has not had its turn yet misses one turn's worth.
      for (const [index, count] of countsOf(bucketsOf(candidates), candidates).entries()) {
        const weight = weights[index] ?? 0;
        expect(Math.abs(count - (maglevBuckets * weight) / total)).toBeLessThanOrEqual(weight);
      }
    }), { numRuns: 40 });
  });
});

describe('a change', () => {
  const ring = fc.uniqueArray(fc.integer({ min: 1, max: 65_000 }), { minLength: 3, maxLength: 15 }).map((hosts) => (
    weighing(hosts.map(() => 1)).map((one, at) => ({ ...one, endpoint: { rip: `10.1.${(hosts[at] ?? 0) >> 8}.${(hosts[at] ?? 0) & 255}`, port: 80 } }))));

  test('of one real server moves its share and little more', () => {
    const strays = fc.sample(fc.tuple(ring, fc.nat(14)), 60).map(([candidates, at]) => {
      const gone = at % candidates.length;
      const [whole, without] = [ownersOf(candidates), ownersOf(candidates.filter(({ index }) => index !== gone))];
      const moved = whole.filter((owner, bucket) => owner !== gone && owner !== without[bucket]).length;
      const share = whole.filter((owner) => owner === gone).length;
      expect(moved).toBeLessThanOrEqual(share);
      return moved / maglevBuckets;
    });
    // Who is gone, or new, must be moved; of the others some go from one who stays to another: 1 % with 10 real servers, 3 % with 50; rarely 8 %.
    expect(strays.reduce((sum, stray) => sum + stray, 0) / strays.length).toBeLessThan(0.03);
  });

  test('to weight 0 and back moves nobody, with fallback only its own clients', () => {
    const before = three(1, 2, 1);
    const after = before.map((one) => (one.index === 1 ? { ...one, weight: 0 } : one));
    expect(bucketsOf(after)).toEqual(bucketsOf(before));
    const clients = Array.from({ length: 500 }, (_, client) => from(`10.9.${client >> 8}.${client & 255}`));
    const [was, strict, lenient] = [picks(plain, before, clients), picks(plain, after, clients), picks(withFallback, after, clients)];
    expect(strict).toEqual(was.map((owner) => (owner === 1 ? null : owner)));
    for (const [client, owner] of was.entries()) expect(owner === 1 ? [0, 2] : [owner]).toContain(lenient[client]);
  });

  test('is not felt by a client that comes again: the choice is a function of what there is', () => {
    fc.assert(fc.property(ring, fc.ipV4(), (candidates, cip) => {
      const arrivals = [from(cip, 1), from(cip, 2), from(cip, 60_000)];
      expect(new Set(picks(plain, candidates, arrivals)).size).toBe(1);
      expect(picks(plain, candidates, arrivals)).toEqual(picks(plain, [...candidates], arrivals));
    }), { numRuns: 40 });
  });
});
