// What an agent says when it fails, as people and the database get it.
import { TRPCClientError } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { ZodError } from 'zod';
import { expect, it } from 'vitest';
import { agentFailure, faultFailure } from './agent-failure.ts';

// jsonb takes neither a zero byte nor half of a surrogate pair; what cannot be written would be tried for ever.
const odd = `a\0b\n${'x'.repeat(194)}\u{1F600}`;

function refused(params: Record<string, string>): unknown {
  return new TRPCClientError<AnyTRPCRouter>('refused', { result: { error: { code: -32_603, message: 'x', data: { fault: { code: 'unexpected', params } } } } });
}

it.each<[string, unknown]>([
  ['a refusal', refused({ odd })],
  ['an answer that does not fit', new ZodError([{ code: 'custom', path: [odd], message: odd, input: null }])],
  ['an error of the connection', new Error(odd)],
])('%s brings no characters that cannot be kept', (_, error) => {
  const text = Object.values(agentFailure('lvs-1', error).params).join(' ');
  expect(text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
  expect(text).toContain('a b');
});

it('neither does a fault in the stream', () => {
  const { code, params } = faultFailure('lvs-1', JSON.stringify({ data: { fault: { code: 'versionMismatch', params: { agent: '\0' } } } }));
  expect([code, params['agent']]).toEqual(['directorVersion', ' ']);
});
