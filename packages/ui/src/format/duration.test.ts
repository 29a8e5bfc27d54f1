// Spans of time, in units of the reader's language.
import { expect, test } from 'vitest';
import { ageText, clockText, durationText } from './duration.ts';

test.each([
  [0, '0 ms'], [90, '90 ms'], [14_900, '14 s'], [60_000, '1 m'], [125_000, '2 m 5 s'], [3_900_000, '1 h 5 m'],
  [3_600_000 * 76, '3 d 4 h'], [-2_000, '−2 s'], [5_000n, '5 s'],
])('%s ms are written %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [90, '90 毫秒'], [14_900, '14 秒'], [60_000, '1 分'], [229_868, '3 分 49 秒'], [3_900_000, '1 小时 5 分'], [3_600_000 * 76, '3 天 4 小时'], [-2_000, '−2 秒'],
])('in Chinese %s ms are written %s', (ms, text) => {
  expect(durationText(ms, 'zh-CN')).toBe(text);
});

test('an unknown span is a dash', () => {
  expect(durationText(null)).toBe('—');
  expect(durationText(Infinity)).toBe('—');
  expect(ageText(null, 5)).toBe('—');
  expect(clockText(null, 'en')).toBe('—');
});

test('an age has one unit', () => {
  expect(ageText(0, 125_000)).toBe('2 m');
  expect(ageText(0, 125_000, 'zh-CN')).toBe('2 分');
  expect(ageText(0, 900)).toBe('0 s');
  expect(ageText(10_000, 0)).toBe('0 s');
  expect(ageText(0, 3_600_000 * 49)).toBe('2 d');
});

test('a time of day has seconds and 24 hours', () => {
  const at = Date.UTC(2026, 0, 2, 0, 2, 11);
  expect(clockText(at, 'en', 'UTC')).toBe('00:02:11');
  expect(clockText(at, 'zh-CN', 'Asia/Shanghai')).toBe('08:02:11');
});
