// What is asked of the palette.
import { expect, test } from 'vitest';
import { pagedOf, askOf, isCalled } from './ask.ts';

const words = { drain: ['drain', '排空'], weight: ['set weight', 'weight', '设置权重'], edit: ['edit', '编辑'], apply: ['apply', '应用'] };
const ask = (typed: string) => askOf(typed, words);

test('a verb and what it shall be done to', () => {
  expect(ask('drain 10.0.1.12')).toEqual({ verb: 'drain', text: '10.0.1.12' });
  expect(ask('  Set Weight  web-1 ')).toEqual({ verb: 'weight', text: 'web-1' });
  expect(ask('apply')).toEqual({ verb: 'apply', text: '' });
});

test('a verb in a language without spaces', () => expect(ask('排空10.0.1.12')).toEqual({ verb: 'drain', text: '10.0.1.12' }));

test('a word that only begins like a verb is looked for', () => {
  expect(ask('editor')).toEqual({ verb: null, text: 'editor' });
  expect(ask('drain2')).toEqual({ verb: null, text: 'drain2' });
  expect(ask(' 10.0.1.12 ')).toEqual({ verb: null, text: '10.0.1.12' });
});

test('a page is called by every word of it', () => {
  expect(isCalled('dark th', 'Theme: dark')).toBe(true);
  expect(isCalled('dark page', 'Theme: dark')).toBe(false);
});

test('a page of a cluster is asked for by two words, in either order', () => {
  const pages = [{ page: 'live', names: ['live', '实时'] }, { page: 'connections', names: ['connections'] }];
  expect(pagedOf('shop live', pages)).toEqual({ page: 'live', text: 'shop' });
  expect(pagedOf('Conn big shop', pages)).toEqual({ page: 'connections', text: 'big shop' });
  expect(pagedOf('商城 实时', pages)).toEqual({ page: 'live', text: '商城' });
  expect([pagedOf('live', pages), pagedOf('big shop', pages)]).toEqual([null, null]);
});
