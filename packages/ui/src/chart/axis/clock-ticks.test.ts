// Round local times on an axis, over the days on which the clock is set.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockTicks, clockTickText, momentOnAxis } from './clock-ticks.ts';

const berlin = 'Europe/Berlin';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const at = (text: string) => Date.parse(text);

function texts(from: string, spanMs: number, most = 6, timeZone: string = berlin): string[] {
  const window = { fromMs: at(from), toMs: at(from) + spanMs };
  const { ticks, stepMs } = clockTicks(window, most, timeZone);
  return ticks.map((t) => clockTickText(t, stepMs, 'en-GB', timeZone));
}

test('the axis shows seconds, minutes, hours, dates or months as fits', () => {
  expect(texts('2026-11-23T12:00:03Z', 20_000)).toEqual(['13:00:05', '13:00:10', '13:00:15', '13:00:20']);
  expect(texts('2026-11-23T12:00:03Z', 5 * minute)).toEqual(['13:01', '13:02', '13:03', '13:04', '13:05']);
  expect(texts('2026-11-23T12:10:00Z', 6 * hour)).toEqual(['14:00', '16:00', '18:00']);
  expect(texts('2026-11-23T12:10:00Z', day)).toEqual(['18:00', '24 Nov', '06:00', '12:00']);
  expect(texts('2026-11-23T12:10:00Z', 7 * day)).toEqual(['25 Nov', '27 Nov', '29 Nov']);
  expect(texts('2026-01-15T12:10:00Z', 365 * day)).toEqual(['Apr', 'Jul', 'Oct', '2027']);
});

test('the night that has an hour less', () => {
  // At 01:00 UTC the clock goes from 02:00 to 03:00.
  expect(texts('2026-03-28T22:30:00Z', 6 * hour)).toEqual(['29 Mar', '04:00', '06:00']);
  expect(texts('2026-03-29T00:30:00Z', hour)).toEqual(['01:30', '01:45', '03:00', '03:15', '03:30']);
  expect(texts('2026-03-28T11:00:00Z', 2 * day)).toEqual(['12:00', '29 Mar', '12:00', '30 Mar', '12:00']);
});

test('the night that has an hour more shows it twice, and no day is longer for it', () => {
  expect(texts('2026-10-24T22:30:00Z', 4 * hour)).toEqual(['01:00', '02:00', '02:00', '03:00']);
  const { ticks } = clockTicks({ fromMs: at('2026-10-23T22:00:00Z'), toMs: at('2026-10-26T23:00:00Z') }, 6, berlin);
  expect(ticks.map((t) => new Date(t).toISOString().slice(5, 16))).toEqual(['10-23T22:00', '10-24T22:00', '10-25T23:00', '10-26T23:00']);
});

test('a zone whose midnight is left out begins that day an hour later, and one half an hour off stays round', () => {
  // Beirut sets its clock at midnight.
  const { ticks } = clockTicks({ fromMs: at('2026-03-27T12:00:00Z'), toMs: at('2026-03-30T12:00:00Z') }, 4, 'Asia/Beirut');
  expect(ticks.map((t) => new Date(t).toISOString().slice(5, 16))).toEqual(['03-27T22:00', '03-28T22:00', '03-29T21:00']);
  expect(texts('2026-11-23T12:10:00Z', 2 * hour, 6, 'Asia/Kolkata')).toEqual(['18:00', '18:30', '19:00', '19:30']);
});

test.each(['UTC', berlin, 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Shanghai'])('ticks of %s lie inside, in order, few, and round', (timeZone) => {
  const spans = fc.integer({ min: 5_000, max: 3 * 365 * day });
  fc.assert(
    fc.property(fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }), spans, (fromMs, span) => {
      const { ticks, stepMs } = clockTicks({ fromMs, toMs: fromMs + span }, 6, timeZone);
      // An hour that comes twice may add one.
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
      expect(ticks.every((t) => t >= fromMs && t <= fromMs + span)).toBe(true);
      const odd = ticks.filter((t) => stepMs >= minute && stepMs < day && !momentOnAxis(t, 0, 'en-GB', timeZone).endsWith(':00'));
      expect(odd).toEqual([]);
    }),
  );
});

test('nothing of no length has ticks', () => {
  expect(clockTicks({ fromMs: 5, toMs: 5 }, 6).ticks).toEqual([]);
});
