import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { expectationOf } from './expectation.ts';
import { Patterns } from './pattern.ts';

const body = Buffer.from('status: ok\nnodes: 3\n');

it('finds text, bytes, a pattern in one of the lines and the hash of the whole', () => {
  expect(expectationOf({ kind: 'text', text: String.raw`ok\n` }).look(body)).toBe('found');
  expect(expectationOf({ kind: 'text', text: String.raw`\xff` }).look(Buffer.from([1, 0xff]))).toBe('found');
  expect(expectationOf({ kind: 'text', text: 'OK' }).look(body)).toBe('notFound');
  expect(expectationOf({ kind: 'pattern', pattern: '^nodes: [1-9]$' }).look(body)).toBe('found');
  expect(expectationOf({ kind: 'pattern', pattern: '^nodes: 0$' }).look(body)).toBe('notFound');
  const hash = createHash('sha256').update(body).digest('hex');
  expect(expectationOf({ kind: 'sha256', hash }).look(body)).toBe('found');
  expect(expectationOf({ kind: 'sha256', hash }).look(body.subarray(1))).toBe('notFound');
});

it('says of a pattern that is none that it cannot be asked', () => {
  expect(expectationOf({ kind: 'pattern', pattern: '(' }).look(body)).toMatchObject({ failure: 'unsupported' });
});

it('gives up a pattern that never ends, and does not begin with it again for a while', () => {
  const patterns = new Patterns();
  const evil = '^(a+)+$';
  const text = `${'a'.repeat(60)}!`;
  expect(patterns.look(evil, text, 0)).toBe('tooSlow');
  // Not even tried: this text would be found at once.
  expect(patterns.look(evil, 'aaa', 1_000)).toBe('resting');
  expect(patterns.look(evil, 'aaa', 5_001)).toBe('found');
  expect(patterns.look('^a', text, 1_000)).toBe('found');
});

it('says nothing of a real server whose answer it could not look into, for a pattern that took too long on another one', () => {
  const expectation = expectationOf({ kind: 'pattern', pattern: '^(b+)+$' });
  expect(expectation.look(Buffer.from(`${'b'.repeat(60)}!`))).toMatchObject({ failure: 'failed' });
  expect(expectation.look(Buffer.from('bbb'))).toMatchObject({ failure: 'noResources' });
});
