// Which language a person gets.
import { expect, test } from 'vitest';
import { chooseLocale } from './locale.ts';

test('a chosen language wins over the browser', () => expect(chooseLocale('zh-CN', 'en-GB,en;q=0.9')).toBe('zh-CN'));
test('the first language of the browser that there is', () => {
  expect(chooseLocale(undefined, 'de-DE,de;q=0.9,zh;q=0.8,en;q=0.7')).toBe('zh-CN');
  expect(chooseLocale(undefined, 'en-US,zh-TW;q=0.5')).toBe('en');
});
test('English where nothing fits', () => {
  expect(chooseLocale('tlh', null)).toBe('en');
  expect(chooseLocale(undefined, 'de')).toBe('en');
});
