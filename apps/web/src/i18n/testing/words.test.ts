// Texts for tests.
import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

test('a text is what the page says, in its language', () => {
  expect(wordsOf('en').t('clusterForm.editTitle', { name: 'shop' })).toBe('Edit shop');
  expect(wordsOf('zh-CN').t('clusterForm.editTitle', { name: 'shop' })).toBe('编辑 shop');
});

test('a pattern knows all but its patterns', () => {
  const { pattern, t } = wordsOf('en');
  const standing = pattern('overrides.standing', { weight: 0, defined: 100, cause: t('overrides.causes.maintenance'), author: 'Ada', end: pattern('overrides.until', { time: /\d\d:\d\d/ }) });
  expect(standing.test('weight 0 instead of 100: maintenance by Ada, until 14:00')).toBe(true);
  expect(standing.test('weight 0 instead of 100: maintenance by Ada, until somebody ends it')).toBe(false);
});

test('any count is each form of it and nothing else', () => {
  const apply = wordsOf('en').anyCount('changes.apply');
  for (const text of ['Apply without changes', 'Apply 1 change', 'Apply 3 changes']) expect(apply.test(text)).toBe(true);
  expect(apply.test('Apply the changes')).toBe(false);
});
