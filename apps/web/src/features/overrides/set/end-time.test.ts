// The end of an override, chosen and shown.
import { expect, test } from 'vitest';
import { momentText } from '../../time/moment-text.ts';
import { endsAtMs } from './end-time.ts';

const now = new Date(2026, 10, 22, 13, 30).getTime();

test('the end is a span from now, a moment, or never', () => {
  expect(endsAtMs('never', '', now)).toBeNull();
  expect(endsAtMs('60', '', now)).toBe(now + 3_600_000);
  expect(endsAtMs('at', '2026-11-22T14:00', now)).toBe(now + 1_800_000);
});

test('a moment that is past, now or none is not an end', () => {
  for (const at of ['2026-11-22T13:30', '2026-11-21T14:00', '', 'soon']) expect(endsAtMs('at', at, now)).toBeUndefined();
});

test('the end is shown with its date where it is another day', () => {
  expect(momentText(now + 1_800_000, now, 'en')).toBe('14:00');
  expect(momentText(now + 86_400_000, now, 'en')).toContain('Nov 23, 2026');
});
