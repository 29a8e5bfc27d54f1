import { describe, expect, it } from 'vitest';
import { Id, Name, Reason } from './text.ts';

describe('Name', () => {
  it.each(['web', '网页服务', 'Käse & Co. <b>', 'a'.repeat(100), '🐧', '"; DROP TABLE', 'two  blanks'])('takes %j', (name) => {
    expect(Name.parse(name)).toBe(name);
  });

  it('takes blanks off its ends', () => expect(Name.parse('  web \t')).toBe('web'));

  it.each([
    ['nothing', ''], ['only blanks', ' \t '], ['101 characters', 'a'.repeat(101)], ['10,000 characters', 'a'.repeat(10_000)],
    ['a line end', 'a\nb'], ['a tab', 'a\tb'], ['NUL', 'a\0b'], ['an escape sequence', '\u001b[31mred'], ['delete', 'a\u007fb'], ['a C1 control', 'a\u0085b'],
    ['bidi override', 'a\u202eb'], ['bidi isolate', 'a\u2066b'], ['a zero-width space', 'a\u200bb'], ['a byte order mark inside', 'a\ufeffb'], ['a soft hyphen', 'a\u00adb'],
    ['a line separator', 'a\u2028b'], ['a paragraph separator', 'a\u2029b'],
    ['a high surrogate alone', 'a\ud83d'], ['a low surrogate alone', '\udc27a'], ['surrogates in the wrong order', '\udc27\ud83d'], ['tag characters', 'a\u{e0041}'],
    ['no text', null], ['a number', 7], ['a list', ['web']],
  ])('refuses %s', (_, name) => expect(Name.safeParse(name).success).toBe(false));
});

describe('Reason', () => {
  it.each(['', 'ticket 7', 'first\nsecond\tindented', '因为维护', 'a'.repeat(2_000)])('takes %j', (reason) => expect(Reason.parse(reason)).toBe(reason));
  it.each([['a bell', 'a\u0007'], ['bidi override', '\u202eb'], ['a lone surrogate', '\ud83d!'], ['2,001 characters', 'a'.repeat(2_001)], ['null', null]])(
    'refuses %s', (_, reason) => expect(Reason.safeParse(reason).success).toBe(false));
});

describe('Id', () => {
  it.each(['a', 'A-b_9', 'x'.repeat(64)])('takes %j', (id) => expect(Id.parse(id)).toBe(id));
  it.each(['', 'x'.repeat(65), 'a b', 'a/b', '../a', 'a.b', 'ä', 'a\n', '\na', 'a\0', 7, null])('refuses %j', (id) => {
    expect(Id.safeParse(id).success).toBe(false);
  });
});
