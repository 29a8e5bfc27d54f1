// Figures and their sums: what is unknown or cannot be seen is never counted as nothing.
import type { Counters } from '@weir/model';
import { array, assert as assertProperty, bigInt, constantFrom, integer, nat, oneof, option, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Figures } from '../../../live/topic.ts';
import { figuresOf, sumFigures, unknownFigures } from './figures.ts';
import type { Observed } from './figures.ts';

const counters = (connections: bigint, bytesIn: bigint): Counters => (
  { connections, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn, bytesOut: 2n * bytesIn });

const observed = (change: Partial<Observed> = {}): Observed => ({
  connections: [{ active: 2, inactive: 1, persistent: null }],
  counters: counters(30n, 3_000n),
  measuredAtMs: 12_000,
  before: { counters: counters(10n, 1_000n), measuredAtMs: 10_000 },
  byteKind: 'payloadBytes',
  ...change,
});

describe('figures', () => {
  it('have totals, and rates over the window between two readings', () => {
    expect(figuresOf(observed())).toEqual({
      active: 2, inactive: 1, persistent: null,
      totals: { connections: '30', packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: '3000', bytesOut: '6000' },
      perSecond: { connections: 10, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: 1_000, bytesOut: 2_000 },
      windowMs: 2_000, byteKind: 'payloadBytes', measuredAtMs: 12_000,
    });
  });

  it('have no rates without an earlier reading, nor over a counter that fell', () => {
    expect(figuresOf(observed({ before: null }))).toMatchObject({ windowMs: null, perSecond: { connections: null, packetsIn: 'userSpace' } });
    const fell = figuresOf(observed({ before: { counters: counters(31n, 1_000n), measuredAtMs: 10_000 } }));
    expect(fell.perSecond).toMatchObject({ connections: null, bytesIn: 1_000 });
  });
});

describe('a sum', () => {
  it('of nothing is unknown, not nought', () => {
    expect(sumFigures([])).toEqual(unknownFigures);
  });

  it('adds what all parts know, exactly, and is as old as its oldest part', () => {
    const big = 2n ** 63n;
    const sum = sumFigures([figuresOf(observed({ counters: counters(big, 1n), before: null })), figuresOf(observed({ counters: counters(big, 1n), measuredAtMs: 9_000, before: null }))]);
    expect(sum).toMatchObject({ active: 4, persistent: null, measuredAtMs: 9_000, totals: { connections: String(2n ** 64n), bytesIn: '2', packetsIn: 'userSpace' } });
  });

  it('is unknown where one part is', () => {
    expect(sumFigures([figuresOf(observed()), figuresOf(observed({ before: null }))])).toMatchObject({ perSecond: { connections: null, bytesIn: null }, totals: { connections: '60' } });
    expect(sumFigures([figuresOf(observed()), unknownFigures])).toMatchObject({ active: null, totals: { connections: null } });
  });

  it('cannot be seen where one part cannot', () => {
    const hidden = figuresOf(observed({ counters: { ...counters(1n, 1n), bytesOut: 'replyBypassesDirector' } }));
    expect(sumFigures([figuresOf(observed()), hidden])).toMatchObject({ totals: { bytesOut: 'replyBypassesDirector', bytesIn: '3001' }, perSecond: { bytesOut: 'replyBypassesDirector' } });
  });

  it('never adds bytes of different kinds', () => {
    expect(sumFigures([figuresOf(observed()), figuresOf(observed({ byteKind: 'ipBytes' }))])).toMatchObject({
      byteKind: null, totals: { connections: '60', bytesIn: null, bytesOut: null }, perSecond: { connections: 20, bytesIn: null },
    });
  });

  it('fits what browsers are told, whatever is counted', () => {
    const counter = oneof(bigInt({ min: 0n, max: 2n ** 64n - 1n }), constantFrom('userSpace' as const, 'replyBypassesDirector' as const));
    const anyCounters = record({ connections: counter, packetsIn: counter, packetsOut: counter, bytesIn: counter, bytesOut: counter });
    const time = integer({ min: 0, max: 1e6 });
    const anyObserved: Arbitrary<Observed> = record({
      connections: array(record({ active: nat(), inactive: nat(), persistent: option(nat()) }), { maxLength: 3 }),
      counters: anyCounters,
      measuredAtMs: time,
      before: option(record({ counters: anyCounters, measuredAtMs: time })),
      byteKind: constantFrom('ipBytes' as const, 'payloadBytes' as const),
    });
    assertProperty(property(array(anyObserved, { maxLength: 4 }), (parts) => {
      expect(Figures.safeParse(sumFigures(parts.map(figuresOf))).error).toBeUndefined();
    }));
  });
});
