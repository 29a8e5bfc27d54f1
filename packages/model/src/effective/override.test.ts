import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deciding, nextChangeMs, Override, OverrideCause } from './override.ts';
import { overridesOfOne } from '../testing/definitions/arbitrary.ts';
import { replaced } from '../testing/replaced.ts';

const base: Override = {
  id: 'o-1', target: { clusterId: 'c', serviceId: 's', realServerId: 'r' }, cause: 'manual', effect: { kind: 'weight', weight: 5 },
  author: 'ada', reason: '', startsAtMs: 100, endsAtMs: null,
};
const override = (changes: Partial<Override>): Override => ({ ...base, ...changes });

describe('the override that decides', () => {
  it.each<[what: string, given: Partial<Override>[], nowMs: number, decides: string | null]>([
    ['none', [], 0, null],
    ['one that holds', [{ id: 'a' }], 100, 'a'],
    ['not before its start', [{ id: 'a' }], 99, null],
    ['not at its end', [{ id: 'a', endsAtMs: 200 }], 200, null],
    ['just before its end', [{ id: 'a', endsAtMs: 200 }], 199, 'a'],
    ['never, where it ends as it starts', [{ id: 'a', endsAtMs: 100 }], 100, null],
    ['maintenance before drain', [{ id: 'a', cause: 'drain' }, { id: 'b', cause: 'maintenance' }], 100, 'b'],
    ['drain before health', [{ id: 'a', cause: 'drain' }, { id: 'b', cause: 'health' }], 100, 'a'],
    ['health before a weight by hand', [{ id: 'a', cause: 'manual', startsAtMs: 100 }, { id: 'b', cause: 'health', startsAtMs: 0 }], 100, 'b'],
    ['a weight by hand before slow start', [{ id: 'a', cause: 'manual' }, { id: 'b', cause: 'slowStart' }], 100, 'a'],
    ['the weaker again when the stronger has ended', [{ id: 'a', cause: 'manual' }, { id: 'b', cause: 'maintenance', endsAtMs: 200 }], 200, 'a'],
    ['the later of one cause', [{ id: 'a', startsAtMs: 50 }, { id: 'b', startsAtMs: 60 }], 100, 'b'],
    ['the greater id of one cause and moment', [{ id: 'a' }, { id: 'b' }], 100, 'b'],
    ['the earlier, while the later has not begun', [{ id: 'a', startsAtMs: 50 }, { id: 'b', startsAtMs: 101 }], 100, 'a'],
  ])('%s', (_, given, nowMs, decides) => {
    expect(deciding(given.map(override), nowMs)?.id ?? null).toBe(decides);
    expect(deciding(given.map(override).toReversed(), nowMs)?.id ?? null).toBe(decides);
  });

  it('does not depend on the order of the list', () => {
    const shuffles = overridesOfOne.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })));
    fc.assert(fc.property(shuffles, fc.integer({ min: -1, max: 10 }), ([given, shuffled], nowMs) => {
      expect(deciding(shuffled, nowMs)).toEqual(deciding(given, nowMs));
      expect(nextChangeMs(shuffled, nowMs)).toEqual(nextChangeMs(given, nowMs));
    }));
  });

  it('holds, and no other that holds has a stronger cause', () => {
    fc.assert(fc.property(overridesOfOne, fc.integer({ min: 0, max: 10 }), (given, nowMs) => {
      const holding = given.filter(({ startsAtMs, endsAtMs }) => startsAtMs <= nowMs && (endsAtMs === null || nowMs < endsAtMs));
      const found = deciding(given, nowMs);
      expect(found === null).toBe(holding.length === 0);
      const strongest = OverrideCause.options.find((cause) => holding.some((held) => held.cause === cause));
      expect(found?.cause).toBe(strongest);
    }));
  });
});

describe('the next change', () => {
  it('is the first start or end after now, and none is null', () => {
    const given = [override({ id: 'a', startsAtMs: 100, endsAtMs: 300 }), override({ id: 'b', startsAtMs: 200 })];
    expect([99, 100, 199, 200, 299, 300].map((nowMs) => nextChangeMs(given, nowMs))).toEqual([100, 200, 200, 300, 300, null]);
    expect(nextChangeMs([], 0)).toBeNull();
  });

  it('misses none: until then the same override decides', () => {
    fc.assert(fc.property(overridesOfOne, fc.integer({ min: -1, max: 10 }), (given, nowMs) => {
      const next = nextChangeMs(given, nowMs);
      expect(next ?? nowMs + 1).toBeGreaterThan(nowMs);
      const untilMs = next ?? nowMs + 20;
      for (let at = nowMs; at < untilMs; at += 1) expect(deciding(given, at)).toEqual(deciding(given, nowMs));
    }));
  });

  it('copes with as many as an agent may hold', () => {
    const many = Array.from({ length: 200_000 }, (_, n) => override({ id: `o-${n}`, startsAtMs: n }));
    expect(nextChangeMs(many, 1_000)).toBe(1_001);
  });
});

describe('an override from outside', () => {
  it('is read as it is', () => expect(Override.parse(base)).toEqual(base));
  it.each<[string, unknown]>([
    ['id', ''], ['target.serviceId', 'a/b'], ['target.colour', 'red'], ['cause', 'mood'], ['effect.kind', 'add'], ['effect.weight', -1], ['effect.weight', 2 ** 31],
    ['author', ''], ['author', 'a'.repeat(201)], ['author', 'a\nb'], ['author', 'a\0'], ['reason', '\u202e'], ['startsAtMs', -1], ['startsAtMs', '0'], ['startsAtMs', 0.5], ['endsAtMs', undefined], ['colour', 'red'],
  ])('is refused with %s %j', (field, value) => {
    expect(Override.safeParse(replaced(base, field.split('.'), value)).success).toBe(false);
  });
  it('says a weight or takes away, not both', () => {
    expect(Override.safeParse({ ...base, effect: { kind: 'remove', weight: 0 } }).success).toBe(false);
    expect(Override.safeParse({ ...base, effect: { kind: 'remove' } }).success).toBe(true);
  });
});
