// tRPC as the agent uses it: the context of a request, and its errors with the fault in them.
import { initTRPC, TRPCError } from '@trpc/server';
import type { KeyHash } from '@weir/protocol';
import type { Daemon } from './daemon.ts';
import { faultOf, trpcCodes } from './fault-shape.ts';

export interface RequestContext {
  readonly daemon: Daemon;
  /** SHA-256 of the key with which the caller opened the connection. */
  readonly callerKey: KeyHash;
}

const trpc = initTRPC.context<RequestContext>().create({
  isDev: false,
  sse: {
    // Tells a panel that the agent lives while its forwarder gives no ticks.
    ping: { enabled: true, intervalMs: 5_000 },
    client: { reconnectAfterInactivityMs: 15_000 },
  },
  errorFormatter: ({ shape, error }) => {
    const fault = faultOf(error);
    return { ...shape, message: fault.code, data: { ...shape.data, fault } };
  },
});

const statusOfFault = trpc.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || result.error.code !== 'INTERNAL_SERVER_ERROR') return result;
  const code = trpcCodes[faultOf(result.error).code];
  throw code === 'INTERNAL_SERVER_ERROR' ? result.error : new TRPCError({ code, cause: result.error.cause });
});

export const router = trpc.router;
export const middleware = trpc.middleware;
export const procedure = trpc.procedure.use(statusOfFault);
