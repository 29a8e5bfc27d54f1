// Which revision another is compared with.
import { expect, test } from 'vitest';
import { comparedWith } from './compared-with.ts';

const saved = { number: 4, wantedNumber: 6, approval: { state: 'saved' as const } };

test('an approved revision is compared with the one before it, the first with none', () => {
  expect(comparedWith(saved, null)).toBe(3);
  expect(comparedWith({ ...saved, number: 1 }, null)).toBeNull();
});

test('a proposed or rejected one is compared with what is wanted', () => {
  expect(comparedWith({ number: 9, wantedNumber: 6, approval: { state: 'proposed' } }, null)).toBe(6);
  expect(comparedWith({ number: 9, wantedNumber: 6, approval: { state: 'rejected', by: 'Bob', at: new Date(0), note: '' } }, null)).toBe(6);
});

test('the address decides where it names a revision, and nothing else in it does', () => {
  expect(comparedWith(saved, '2')).toBe(2);
  for (const asked of ['', '0', '-1', '2x', '1.5', '99999999999', '<b>']) expect(comparedWith(saved, asked)).toBe(3);
});
