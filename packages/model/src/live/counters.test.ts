import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterNames, ratesBetween } from './counters.ts';
import type { Counter, Counters, Rate, Reading } from './counters.ts';

function reading(value: Counter, measuredAtMs: number): Reading {
  const counters: Counters = { connections: value, packetsIn: value, packetsOut: value, bytesIn: value, bytesOut: value };
  return { counters, measuredAtMs };
}

describe('rates', () => {
  it.each<[what: string, before: Counter, after: Counter, windowMs: number, expected: Rate]>([
    ['per second', 10n, 30n, 2_000, 10],
    ['over a part of a second', 0n, 1n, 250, 4],
    ['nothing happened', 7n, 7n, 1_000, 0],
    ['a reset is no rate', 30n, 10n, 1_000, null],
    ['a reset to 0', 30n, 0n, 1_000, null],
    ['no time between', 10n, 30n, 0, null],
    ['a clock that went back', 10n, 30n, -1_000, null],
    ['not seen', 'replyBypassesDirector', 'replyBypassesDirector', 1_000, 'replyBypassesDirector'],
    ['not seen, and no time between', 'userSpace', 'userSpace', 0, 'userSpace'],
    ['no longer seen', 10n, 'replyBypassesDirector', 1_000, 'replyBypassesDirector'],
    ['seen only now', 'replyBypassesDirector', 10n, 1_000, null],
    ['beyond 2^53: the difference counts', 2n ** 60n, 2n ** 60n + 3n, 1_000, 3],
    ['up to the last of 64 bits', 2n ** 64n - 2n, 2n ** 64n - 1n, 1_000, 1],
  ])('%s', (_, before, after, windowMs, expected) => {
    const rates = ratesBetween(reading(before, 5_000), reading(after, 5_000 + windowMs));
    expect(rates.windowMs).toBe(windowMs);
    for (const name of counterNames) expect(rates.perSecond[name]).toBe(expected);
  });

  it('are each of their own counter', () => {
    const before: Reading = { measuredAtMs: 0, counters: { connections: 0n, packetsIn: 0n, packetsOut: 9n, bytesIn: 0n, bytesOut: 'userSpace' } };
    const after: Reading = { measuredAtMs: 1_000, counters: { connections: 1n, packetsIn: 2n, packetsOut: 3n, bytesIn: 4n, bytesOut: 'userSpace' } };
    expect(ratesBetween(before, after).perSecond).toEqual({ connections: 1, packetsIn: 2, packetsOut: null, bytesIn: 4, bytesOut: 'userSpace' });
  });

  it('are never negative and never infinite', () => {
    const counter = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom('userSpace' as const, 'replyBypassesDirector' as const));
    fc.assert(fc.property(counter, counter, fc.integer(), (before, after, windowMs) => {
      const { connections } = ratesBetween(reading(before, 0), reading(after, windowMs)).perSecond;
      expect(typeof connections !== 'number' || (connections >= 0 && Number.isFinite(connections))).toBe(true);
    }));
  });
});
