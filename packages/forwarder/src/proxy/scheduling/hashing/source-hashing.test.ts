import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyone, from, picks, weighing } from '../samples.ts';
import type { Numbered } from '../samples.ts';
import { destinationHashing } from './destination-hashing.ts';
import { sourceHashing } from './source-hashing.ts';

const plain = sourceHashing({ fallback: false, port: false });
const withFallback = sourceHashing({ fallback: true, port: false });
const weightsArb = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });
const clients = Array.from({ length: 500 }, (_, client) => from(`10.9.${client >> 8}.${client & 255}`));

function bucketsOf(candidates: readonly Numbered[]): readonly number[] {
  return [...plain.pick(null, candidates, anyone, from('10.0.0.1')).state ?? []];
}

describe('sh', () => {
  test('gives each as many of 256 buckets in a row as its weight says, again and again', () => {
    const buckets = bucketsOf(weighing([3, 0, 2]));
    expect(buckets).toHaveLength(256);
    expect(buckets.slice(0, 14)).toEqual([0, 0, 0, 1, 2, 2, 0, 0, 0, 1, 2, 2, 0, 0]);
  });

  test('takes the bucket of the client\'s address, and of its port where it should', () => {
    const many = weighing(Array.from({ length: 256 }, () => 1));
    // The bytes that hash_32 gives for 10.1.2.3, for it with port 40000, and for fd00::1.
    expect(picks(plain, many, [from('10.1.2.3', 1), from('10.1.2.3', 2), from('fd00::1')])).toEqual([2, 2, 140]);
    expect(picks(sourceHashing({ fallback: false, port: true }), many, [from('10.1.2.3', 40_000), from('10.1.2.3', 0)])).toEqual([166, 2]);
  });

  test('shares follow the weights to one turn', () => {
    fc.assert(fc.property(weightsArb, (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const buckets = bucketsOf(weighing(weights));
      for (const [index, weight] of weights.entries()) {
        const count = buckets.filter((owner) => owner === index).length;
        expect(Math.abs(count - (256 * weight) / total)).toBeLessThanOrEqual(weight);
      }
    }));
  });

  test('without fallback the clients of a quiesced or overloaded one are refused, all others stay', () => {
    const [before, after] = [weighing([1, 1, 1]), weighing([1, 0, 1])];
    const was = picks(plain, before, clients);
    const expected = was.map((owner) => (owner === 1 ? null : owner));
    expect(picks(plain, after, clients)).toEqual(expected);
    expect(picks(plain, before, clients, ({ index }) => index !== 1)).toEqual(expected);
  });

  test('with fallback they go to others, and only they move', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(11), (count, at) => {
      const candidates = weighing(Array.from({ length: count }, () => 1));
      const gone = at % count;
      const was = picks(withFallback, candidates, clients);
      const now = picks(withFallback, candidates, clients, ({ index }) => index !== gone);
      const moved = now.filter((owner, client) => owner !== was[client]).length;
      expect(moved).toBe(was.filter((owner) => owner === gone).length);
      expect(now).not.toContain(gone);
      expect(now).not.toContain(null);
    }), { numRuns: 30 });
  });

  test('the fallback begins at twice the bucket, as the kernel\'s does', () => {
    const many = weighing(Array.from({ length: 256 }, () => 1));
    // Bucket 140 of fd00::1 is its own offset: 280 modulo 256, then on from there.
    expect(picks(withFallback, many, [from('fd00::1')], ({ index }) => index !== 140)).toEqual([24]);
    expect(picks(withFallback, many, [from('fd00::1')], ({ index }) => ![140, 24, 25].includes(index))).toEqual([26]);
    expect(picks(withFallback, many, [from('fd00::1')], () => false)).toEqual([null]);
  });

  test('one more shifts the buckets of all that come after it: to move only its share takes mh', () => {
    const two = weighing([1, 1]);
    const was = picks(plain, two, clients);
    expect(picks(plain, weighing([1, 1, 1]), clients)).not.toEqual(was);
    expect(picks(plain, two, clients)).toEqual(was);
  });
});

describe('dh', () => {
  test('gives all that is sent to one VIP to one real server, whatever the weights', () => {
    const candidates = weighing([1, 100, 3]);
    const picked = picks(destinationHashing, candidates, clients);
    expect(new Set(picked).size).toBe(1);
    const byVip = (vip: string) => destinationHashing.pick(null, candidates, anyone, { ...from('10.0.0.1'), vip }).candidate?.index;
    // hash_32 of 127.0.0.1 is 154, of 10.1.2.3 it is 2, of fd00::1 it is 140.
    expect([byVip('127.0.0.1'), byVip('10.1.2.3'), byVip('fd00::1')]).toEqual([154 % 3, 2, 140 % 3]);
  });

  test('has nobody else where that one is quiesced or not usable', () => {
    const [owner] = picks(destinationHashing, weighing([1, 1, 1]), clients);
    const quiesced = weighing([1, 1, 1].map((weight, index) => (index === owner ? 0 : weight)));
    expect(picks(destinationHashing, quiesced, clients.slice(0, 1))).toEqual([null]);
    expect(picks(destinationHashing, weighing([1, 1, 1]), clients.slice(0, 1), ({ index }) => index !== owner)).toEqual([null]);
    expect(picks(destinationHashing, [], clients.slice(0, 1))).toEqual([null]);
  });
});
