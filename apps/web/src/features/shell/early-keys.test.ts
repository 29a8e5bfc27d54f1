// @vitest-environment happy-dom
// What is pressed before the page can act is handed over once.
import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { earlyKeysScript, takeEarlyKeys } from './early-keys.ts';

const press = (key: string) => document.dispatchEvent(new KeyboardEvent('keydown', { key }));

test('the last keys are kept in their order until they are taken, and none after that', () => {
  expect(takeEarlyKeys(), 'without the script').toEqual([]);
  runInThisContext(earlyKeysScript);
  for (const key of ['x', 'y', 'a', 'b', 'g', 'c']) press(key);
  expect(takeEarlyKeys().map(({ key }) => key)).toEqual(['a', 'b', 'g', 'c']);
  press('g');
  expect(takeEarlyKeys()).toEqual([]);
});
