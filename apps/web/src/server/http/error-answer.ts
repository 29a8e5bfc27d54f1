// Turns whatever was thrown into what a browser may know of it; what nobody foresaw keeps its text in the log, under an id.
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { nanoid } from 'nanoid';
import { ZodError } from 'zod';
import { PanelError, errorKinds } from '../errors.ts';
import type { ErrorAnswer, ErrorCode } from '../errors.ts';

const issuesMax = 20;
const ids = new WeakMap<object, string>();

/** The same error keeps its id, so that log and browser name the same one. */
function idOf(error: object): string {
  const known = ids.get(error);
  if (known !== undefined) return known;
  const id = nanoid(10);
  ids.set(error, id);
  return id;
}

// What tRPC itself refuses before any procedure of ours runs.
const refusedByTrpc: Partial<Record<TRPCError['code'], ErrorCode>> = {
  BAD_REQUEST: 'badInput',
  PARSE_ERROR: 'badInput',
  METHOD_NOT_SUPPORTED: 'badInput',
  UNSUPPORTED_MEDIA_TYPE: 'badInput',
  NOT_FOUND: 'noSuchRoute',
  PAYLOAD_TOO_LARGE: 'tooLarge',
};

export function answerFor(error: unknown): ErrorAnswer {
  if (error instanceof PanelError) return { code: error.code, params: error.params };
  if (error instanceof ZodError) return badInput(error);
  if (error instanceof TRPCError) {
    // tRPC gives BAD_REQUEST to an input that its schema refused, and INTERNAL_SERVER_ERROR to what a procedure threw.
    if (error.cause instanceof PanelError) return answerFor(error.cause);
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ZodError) return badInput(error.cause);
    const code = refusedByTrpc[error.code];
    if (code !== undefined) return { code, params: {} };
  }
  return { code: 'unexpected', params: { id: idOf(error instanceof Error ? rootOf(error) : { error }) } };
}

function rootOf(error: Error): Error {
  return error instanceof TRPCError && error.cause !== undefined ? error.cause : error;
}

function badInput(error: ZodError): ErrorAnswer {
  const issues = error.issues.slice(0, issuesMax).map((issue) => ({
    path: issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
    reason: issue.message,
  }));
  return { code: 'badInput', params: {}, issues };
}

export function httpStatusOf(code: ErrorCode): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code: errorKinds[code] }));
}
