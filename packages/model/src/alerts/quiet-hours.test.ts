// Quiet hours in the time of a named place, over midnight and over the days when its clocks change.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuiet, QuietHours, quietUntil } from './quiet-hours.ts';

const berlin = { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };
const at = (text: string): number => Date.parse(text);

describe('quiet hours', () => {
  it.each([
    // 2026-11-23 is a Monday.
    ['2026-11-23T20:59:59Z', false], ['2026-11-23T21:00:00Z', true], ['2026-11-24T04:59:59Z', true], ['2026-11-24T05:00:00Z', false],
    // Friday night lasts into Saturday; Saturday night is none.
    ['2026-11-28T03:00:00Z', true], ['2026-11-28T22:00:00Z', false], ['2026-11-29T22:00:00Z', false],
    // In summer the same hour is an earlier one of UTC.
    ['2026-07-06T20:00:00Z', true], ['2026-07-06T19:59:00Z', false],
  ])('at %s: %s', (moment, quiet) => {
    expect(isQuiet(berlin, at(moment))).toBe(quiet);
  });

  it('end when they end, and at once where there are none', () => {
    expect(new Date(quietUntil(berlin, at('2026-11-23T23:30:17Z'))).toISOString()).toBe('2026-11-24T05:00:00.000Z');
    expect(quietUntil(berlin, at('2026-11-23T12:00:17Z'))).toBe(at('2026-11-23T12:00:17Z'));
    // The night in which summer time ends is an hour longer, the one in which it begins an hour shorter.
    const sunday = { ...berlin, days: [6] };
    expect(new Date(quietUntil(sunday, at('2026-10-24T20:00:00Z'))).toISOString()).toBe('2026-10-25T05:00:00.000Z');
    expect(new Date(quietUntil(sunday, at('2026-03-28T21:00:00Z'))).toISOString()).toBe('2026-03-29T04:00:00.000Z');
  });

  it('of whole days last until a day that is none of them', () => {
    const weekend = { days: [6, 7], from: '00:00', to: '00:00', timeZone: 'UTC' };
    expect(new Date(quietUntil(weekend, at('2026-11-28T10:00:00Z'))).toISOString()).toBe('2026-11-30T00:00:00.000Z');
  });

  it('that are none are refused: no such zone, no such hour, no end', () => {
    for (const bad of [{ timeZone: 'Mars/Olympus' }, { from: '24:00' }, { days: [] }, { days: [8] }, { days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '08:00' }]) {
      expect(QuietHours.safeParse({ ...berlin, ...bad }).success).toBe(false);
    }
  });

  const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) }).map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const quietHours = fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), from: time, to: time, timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns') })
    .filter((hours) => QuietHours.safeParse(hours).success);

  it('end in the first minute that is not quiet, whatever they are and also where clocks change', () => {
    const changes = [at('2026-03-29T00:00:00Z'), at('2026-10-25T00:00:00Z'), at('2026-11-01T04:00:00Z'), at('2026-03-08T04:00:00Z')];
    fc.assert(fc.property(quietHours, fc.constantFrom(...changes), fc.integer({ min: -3_000, max: 1_500 }), (hours, change, minutes) => {
      const fromMs = change + minutes * 60_000;
      let endMs = fromMs;
      while (isQuiet(hours, endMs)) endMs += 60_000;
      expect(quietUntil(hours, fromMs)).toBe(endMs);
    }), { numRuns: 60 });
  });

  it('are over at their end, whatever they are', () => {
    fc.assert(fc.property(quietHours, fc.integer({ min: 0, max: 60_000_000 }), (hours, minutes) => {
      expect(isQuiet(hours, quietUntil(hours, minutes * 60_000))).toBe(false);
    }), { numRuns: 60 });
  });
});
