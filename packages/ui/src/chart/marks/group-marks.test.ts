// Marks on one place become one.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupMarks } from './group-marks.ts';

test('near ones are one, where the first of them is', () => {
  const marks = [{ atMs: 30 }, { atMs: 0 }, { atMs: 9 }, { atMs: 11 }];
  expect(groupMarks(marks, (atMs) => atMs * 2, 20)).toEqual([
    { marks: [{ atMs: 0 }, { atMs: 9 }], xPx: 0 }, { marks: [{ atMs: 11 }], xPx: 22 }, { marks: [{ atMs: 30 }], xPx: 60 },
  ]);
  expect(groupMarks([], (atMs) => atMs, 20)).toEqual([]);
});

test('none is lost, and no two overlap', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1_000 })), (times) => {
    const placed = groupMarks(times.map((atMs) => ({ atMs })), (atMs) => atMs, 24);
    expect(placed.flatMap(({ marks }) => marks.map(({ atMs }) => atMs))).toEqual(times.toSorted((a, b) => a - b));
    expect(placed.every(({ xPx }, index) => index === 0 || xPx - (placed[index - 1]?.xPx ?? 0) >= 24)).toBe(true);
  }));
});
