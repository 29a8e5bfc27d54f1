import { expect, it } from 'vitest';
import { expectationOf } from './expect.ts';
import { shelves, storedBytes } from './usage.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const nowMs = 100 * dayMs;
const sinceMs = nowMs - hourMs;
/** Each row of 1,000 bytes, for an hour, of one director. */
const lately = {
  nowMs,
  written: [
    { kind: 'services', lengthMs: 10_000, rows: 360, bytes: 360_000, sinceMs }, { kind: 'services', lengthMs: 60_000, rows: 60, bytes: 120_000, sinceMs },
    { kind: 'realServers', lengthMs: 10_000, rows: 360, bytes: 3_600_000, sinceMs },
  ],
} as const;
const all = 10 ** 12;

it('goes on as it was written lately; what was not there yet weighs as what it is made of', () => {
  const expected = expectationOf(shelves, lately, all);
  const of = (kind: string, lengthMs: number) => expected.find((one) => one.kind === kind && one.tier.lengthMs === lengthMs);
  expect(of('services', 10_000)).toMatchObject({ bytesPerDay: storedBytes({ rows: 8_640, bytes: 8_640_000 }), steadyBytes: storedBytes({ rows: 8_640, bytes: 8_640_000 }), reachMs: dayMs });
  expect(of('services', 60_000)).toMatchObject({ bytesPerDay: storedBytes({ rows: 1_440, bytes: 2_880_000 }), reachMs: 14 * dayMs });
  expect(of('services', 600_000)?.bytesPerDay).toBe(storedBytes({ rows: 144, bytes: 288_000 }));
  expect(of('realServers', 60_000)?.bytesPerDay).toBe(storedBytes({ rows: 1_440, bytes: 14_400_000 }));
});

it('takes no tier that the budget has cut short for all that was written', () => {
  const [finest, coarser, realServers] = lately.written;
  const cut = { nowMs, written: [{ ...finest, rows: 180, bytes: 180_000, sinceMs: nowMs - hourMs / 2 }, coarser, { ...realServers, rows: 12, bytes: 120_000, sinceMs: nowMs - 120_000 }, { kind: 'realServers', lengthMs: 60_000, rows: 60, bytes: 600_000, sinceMs }] } as const;
  const perDay = (shelf: number): number | undefined => expectationOf(shelves, cut, all)[shelf]?.bytesPerDay;
  // Real servers first; of theirs the minutes tell how often.
  expect([perDay(0), perDay(1)]).toEqual([storedBytes({ rows: 8_640, bytes: 86_400_000 }), storedBytes({ rows: 8_640, bytes: 8_640_000 })]);
});

it('says that the finest reaches back less far where the budget is too small, in the order in which it goes', () => {
  const [first, second] = expectationOf(shelves, lately, all);
  const steady = expectationOf(shelves, lately, all).reduce((sum, one) => sum + one.steadyBytes, 0);
  const half = expectationOf(shelves, lately, steady - (first?.steadyBytes ?? 0) / 2);
  expect(half[0]?.reachMs).toBe(dayMs / 2);
  expect(half[1]?.reachMs).toBe(dayMs);
  const less = expectationOf(shelves, lately, steady - (first?.steadyBytes ?? 0) - (second?.steadyBytes ?? 0) / 4);
  expect(less.slice(0, 3).map(({ reachMs }) => reachMs)).toEqual([0, dayMs * 0.75, 7 * dayMs]);
});

it('of nothing that was written is nothing', () => {
  expect(expectationOf(shelves, { nowMs, written: [] }, all).every(({ bytesPerDay, steadyBytes }) => bytesPerDay === 0 && steadyBytes === 0)).toBe(true);
});
