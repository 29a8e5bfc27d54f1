// Decides who answers a request: the health check, sign-in, tRPC, the audit log's export, or the pages.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnyTRPCRouter } from '@trpc/server';
import { pageHeader } from '../../bridge.ts';
import { answerFor } from './error-answer.ts';
import { PanelError } from '../errors.ts';
import type { Origins } from './origins.ts';
import type { Services } from '../services.ts';
import { handleAuditExport } from './audit-export.ts';
import { handleAuth } from './auth-routes.ts';
import { clientAddress, sendError, sendJson } from './message.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { Streams } from './streams.ts';
import { handleTrpc } from './trpc-handler.ts';

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface RouteOptions {
  readonly router: AnyTRPCRouter;
  readonly services: Services;
  readonly streams: Streams;
  readonly origins: Origins;
  readonly behindProxy: boolean;
  readonly pages: PageHandler;
}

const healthDeadlineMs = 3_000;

export function createRoutes(options: RouteOptions): PageHandler {
  const { services, origins } = options;
  const secure = origins[0].startsWith('https:');
  return async (request, response) => {
    setSecurityHeaders(request, response, secure);
    try {
      await answer(options, request, response);
    } catch (error) {
      const { code, params } = answerFor(error);
      if (code === 'unexpected') services.logger.error({ id: params['id'], url: pathOf(request), err: error }, 'a request failed');
      if (response.headersSent) response.destroy();
      else sendError(response, error);
    }
  };
}

async function answer(options: RouteOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { router, services, streams, origins, behindProxy, pages } = options;
  const path = pathOf(request);
  refuseForeignOrigin(request, origins);
  const address = clientAddress(request, behindProxy);
  if (path === '/api/health') {
    const healthy = await databaseAnswers(services);
    sendJson(response, healthy ? 200 : 503, { ok: healthy });
  } else if (path.startsWith('/api/auth/')) {
    await handleAuth(services.auth, request, response, path.slice('/api/auth/'.length), address);
  } else if (path.startsWith('/api/trpc/')) {
    await handleTrpc(request, response, { router, services, streams, path: path.slice('/api/trpc/'.length), address });
  } else if (path === '/api/audit-log') {
    await handleAuditExport(request, response, { services, streams, address });
  } else if (path === '/api' || path.startsWith('/api/')) {
    throw new PanelError('noSuchRoute');
  } else {
    request.headers[pageHeader] = request.url;
    await pages(request, response);
  }
}

/** Only a page of ours may make a browser change something here. */
function refuseForeignOrigin(request: IncomingMessage, origins: Origins): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (!origins.includes(request.headers.origin ?? '')) throw new PanelError('foreignOrigin');
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

async function databaseAnswers({ db }: Services): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), healthDeadlineMs);
  });
  try {
    return await Promise.race([db.$queryRaw`SELECT 1`.then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
