// /api/trpc: queries, mutations and streams.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnyTRPCRouter } from '@trpc/server';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import { roleReaches } from '../auth/person.ts';
import { answerFor } from './error-answer.ts';
import type { Services } from '../services.ts';
import type { Context } from '../trpc.ts';
import { headersOf } from './message.ts';
import type { Streams } from './streams.ts';

// A definition of 2,277 services with 37,205 real servers has about 15 MB; who may save none sends forms at most.
const bodyBytesMax = { definition: 32 * 1_024 * 1_024, form: 64 * 1_024 };
// Of the calls that a page makes at once; the browser's client sends no more in one request.
const batchMax = 20;

export interface TrpcRequest {
  readonly router: AnyTRPCRouter;
  readonly services: Services;
  readonly streams: Streams;
  readonly path: string;
  readonly address: string;
}

export async function handleTrpc(request: IncomingMessage, response: ServerResponse, options: TrpcRequest): Promise<void> {
  const { router, services, streams, path, address } = options;
  let signedIn = await services.auth.sessions.from(headersOf(request));
  // Reads and streams end with the session; a change that ends its own session still gets its answer.
  if (signedIn !== null && request.method === 'GET' && !streams.hold(signedIn.sessionId, response)) signedIn = null;
  const context: Context = { services, person: signedIn?.user ?? null, sessionId: signedIn?.sessionId ?? null, address };
  await nodeHTTPRequestHandler({
    router,
    req: request,
    res: response,
    path,
    maxBodySize: signedIn !== null && roleReaches(signedIn.user.role, 'operator') ? bodyBytesMax.definition : bodyBytesMax.form,
    maxBatchSize: batchMax,
    createContext: () => Promise.resolve(context),
    onError: ({ error, path: procedure }) => {
      const answer = answerFor(error);
      if (answer.code === 'unexpected') services.logger.error({ id: answer.params['id'], procedure, err: error.cause ?? error }, 'a procedure failed');
    },
  });
}
