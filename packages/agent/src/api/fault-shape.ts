// Where the agent's errors become what a panel reads: each one once, none with more than the panel needs.
import type { TRPCError } from '@trpc/server';
import type { AgentFault, AgentFaultCode } from '@weir/protocol';
import { ForwarderError } from '@weir/forwarder';
import { ZodError } from 'zod';
import { RequestFault } from '../fault.ts';

/** tRPC's name for each fault; it gives the HTTP status. */
export const trpcCodes = {
  notEnrolled: 'FORBIDDEN',
  wrongKey: 'FORBIDDEN',
  wrongSecret: 'FORBIDDEN',
  alreadyEnrolled: 'CONFLICT',
  enrolmentClosed: 'FORBIDDEN',
  versionMismatch: 'PRECONDITION_FAILED',
  busy: 'CONFLICT',
  badRequest: 'BAD_REQUEST',
  unconfirmed: 'CONFLICT',
  claimed: 'CONFLICT',
  definitionRefused: 'UNPROCESSABLE_CONTENT',
  stillHolds: 'CONFLICT',
  forwarderFailed: 'INTERNAL_SERVER_ERROR',
  unexpected: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<AgentFaultCode, TRPCError['code']>;

function ofZod({ issues }: ZodError): AgentFault {
  const [first] = issues;
  return {
    code: 'badRequest',
    params: { field: first?.path.map(String).join('.').slice(0, 200) ?? '', reason: first?.message.slice(0, 300) ?? '' },
  };
}

const requestErrors: Partial<Record<TRPCError['code'], string>> = {
  PARSE_ERROR: 'not JSON',
  BAD_REQUEST: 'not a request of this protocol',
  NOT_FOUND: 'no such procedure',
  METHOD_NOT_SUPPORTED: 'wrong HTTP method',
  PAYLOAD_TOO_LARGE: 'too large',
  UNSUPPORTED_MEDIA_TYPE: 'wrong content type',
};

/** The fault that a procedure's error comes to; null where nobody foresaw it. */
export function foreseenFault(error: TRPCError): AgentFault | null {
  const { cause, code } = error;
  if (cause instanceof RequestFault) return cause.fault;
  if (cause instanceof ForwarderError) {
    return { code: 'forwarderFailed', params: { operation: cause.operation, reason: cause.message.slice(0, 500) } };
  }
  if (code === 'BAD_REQUEST' && cause instanceof ZodError) return ofZod(cause);
  const reason = requestErrors[code];
  return reason === undefined ? null : { code: 'badRequest', params: { field: '', reason } };
}

export function faultOf(error: TRPCError): AgentFault {
  return foreseenFault(error) ?? { code: 'unexpected', params: {} };
}
