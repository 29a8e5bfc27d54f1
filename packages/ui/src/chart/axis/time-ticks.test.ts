// Where a time axis is marked.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { behindText, timeTicks } from './time-ticks.ts';

const now = 1_800_000_000_123;

test('five minutes are marked by the minute, up to now', () => {
  const ticks = timeTicks({ fromMs: now - 300_000, toMs: now }, 6);
  expect(ticks.map((tick) => behindText(now - tick))).toEqual(['−5 m', '−4 m', '−3 m', '−2 m', '−1 m', '−0 s']);
});

test('a narrow chart has fewer marks', () => {
  const ticks = timeTicks({ fromMs: now - 300_000, toMs: now }, 4);
  expect(ticks.map((tick) => behindText(now - tick))).toEqual(['−4 m', '−2 m', '−0 s']);
});

test('a window without length has one mark', () => {
  expect(timeTicks({ fromMs: now, toMs: now }, 6)).toEqual([now]);
  expect(timeTicks({ fromMs: now, toMs: now - 5 }, 6)).toEqual([now - 5]);
});

test('marks are even, inside the window, never more than asked for', () => {
  const spans = fc.integer({ min: 1, max: 400 * 86_400_000 });
  fc.assert(
    fc.property(spans, fc.integer({ min: 2, max: 12 }), (span, most) => {
      const ticks = timeTicks({ fromMs: now - span, toMs: now }, most);
      expect(ticks.length).toBeLessThanOrEqual(most);
      expect(ticks.at(-1)).toBe(now);
      expect(ticks[0]).toBeGreaterThanOrEqual(now - span);
      const steps = new Set(ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0)));
      expect(steps.size).toBeLessThanOrEqual(1);
    }),
  );
});

test('distances are written in whole units', () => {
  expect([90_000, 60_000, 7_200_000, 86_400_000].map((ms) => behindText(ms))).toEqual(['−90 s', '−1 m', '−2 h', '−1 d']);
  expect(behindText(240_000, 'zh-CN')).toBe('−4 分');
});
