// GET /api/audit-log?format=…: the filtered audit log as a file, for administrators.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { audit } from '../audit.ts';
import { exportAudit } from '../audit-log/export.ts';
import { AuditFilter } from '../audit-log/filter.ts';
import { exportFormats, formats } from '../audit-log/formats.ts';
import { roleReaches } from '../auth/person.ts';
import { PanelError } from '../errors.ts';
import type { Services } from '../services.ts';
import { headersOf } from './message.ts';
import type { Streams } from './streams.ts';

const action = 'audit.export';
// Of a receiver that takes nothing.
const silenceMaxMs = 60_000;

const Query = AuditFilter.extend({ format: z.enum(exportFormats) });

export interface ExportRequest {
  readonly services: Services;
  readonly streams: Streams;
  readonly address: string;
}

export async function handleAuditExport(request: IncomingMessage, response: ServerResponse, { services, streams, address }: ExportRequest): Promise<void> {
  if (request.method !== 'GET') throw new PanelError('noSuchRoute');
  refuseForeignSite(request);
  const signedIn = await services.auth.sessions.from(headersOf(request));
  const person = signedIn !== null && streams.hold(signedIn.sessionId, response) ? signedIn.user : null;
  if (person === null || !roleReaches(person.role, 'admin')) {
    await services.auth.refusals.record({ person, address }, action);
    throw person === null ? new PanelError('signInNeeded') : new PanelError('roleTooSmall', { needed: 'admin' });
  }
  const { format, ...filter } = Query.parse(oneOfEach(new URL(request.url ?? '/', 'http://panel').searchParams));
  await audit(services.db, { person, address }, { action, object: { kind: 'auditLog' }, after: { format, filter } });
  response.setHeader('content-type', formats[format].type);
  response.setHeader('content-disposition', `attachment; filename="weir-audit-log.${format}"`);
  response.setHeader('cache-control', 'no-store');
  response.setTimeout(silenceMaxMs, () => response.destroy());
  await pipeline(Readable.from(exportAudit(services.db, filter, format), { highWaterMark: 1 }), response).catch((error: unknown) => {
    // The receiver left, or the session ended.
    if (!response.destroyed || !isPremature(error)) throw error;
  });
}

/** A GET has no origin; what it writes down must not be the doing of another site's page. Not every client says where it comes from. */
function refuseForeignSite(request: IncomingMessage): void {
  const site = request.headers['sec-fetch-site'] ?? 'none';
  if (site !== 'same-origin' && site !== 'none') throw new PanelError('foreignOrigin');
}

/** A name that is given twice has no one meaning. */
function oneOfEach(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => {
    const values = query.getAll(name);
    return [name, values.length === 1 ? values.join('') : values];
  }));
}

function isPremature(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
