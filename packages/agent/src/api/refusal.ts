// Refusals given before tRPC is reached, in tRPC's shape, so that a panel reads them like any other.
import type { ServerResponse } from 'node:http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TRPCError } from '@trpc/server';
import type { AgentFault } from '@weir/protocol';
import { trpcCodes } from './fault-shape.ts';

export function answerFault(response: ServerResponse, fault: AgentFault): void {
  if (response.headersSent) return void response.end();
  const code = trpcCodes[fault.code];
  const httpStatus = getHTTPStatusCodeFromError(new TRPCError({ code }));
  response.writeHead(httpStatus, { 'content-type': 'application/json' });
  response.end(JSON.stringify({
    error: { message: fault.code, code: TRPC_ERROR_CODES_BY_KEY[code], data: { code, httpStatus, fault } },
  }));
}

export function answerUnexpected(response: ServerResponse): void {
  answerFault(response, { code: 'unexpected', params: {} });
}
