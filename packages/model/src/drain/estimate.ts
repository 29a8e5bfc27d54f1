// When a drain would be over if every connection fell silent now: by the entries' own timers. An estimate, never a promise. Pure.
import type { Connection, ConnectionList } from '../live/connection.ts';
import type { DrainEstimate } from './drain.ts';

/** A template whose client still has connections when its time is over is looked at again after so long (ip_vs_conn.c, ip_vs_conn_expire). */
const TEMPLATE_AGAIN_MS = 60_000;

/** One by firewall mark does not say what clients reach. */
function isOfService(template: Connection, { protocol, vip, virtualPort }: Connection): boolean {
  return template.vip === null || (template.protocol === protocol && template.vip === vip && (template.virtualPort === 0 || template.virtualPort === virtualPort));
}

/** A network's template stands for clients that cannot be told here: any connection of its service may be one of theirs. */
function connectionsOf(template: Connection, connections: readonly Connection[]): readonly Connection[] {
  const ofService = connections.filter((connection) => isOfService(template, connection));
  const own = ofService.filter(({ cip }) => cip === template.cip);
  return own.length > 0 ? own : ofService;
}

function latest(entries: readonly Connection[]): number {
  return entries.reduce((most, { expiresInMs }) => Math.max(most, expiresInMs ?? 0), 0);
}

function templateEndMs(template: Connection, connections: readonly Connection[]): number {
  const own = template.expiresInMs ?? 0;
  const lastMs = latest(connectionsOf(template, connections));
  return lastMs < own ? own : own + Math.ceil((lastMs - own) / TEMPLATE_AGAIN_MS) * TEMPLATE_AGAIN_MS;
}

/**
 * Null where it is not known: only a part of the table was looked at or listed, an entry has no timer, or there are templates (`persistent`
 * of them) that are not listed.
 */
export function drainEstimate({ entries, total, templates, sample, unreadable, measuredAtMs }: ConnectionList, persistent: number | null): DrainEstimate | null {
  if (sample !== null || total === null || unreadable > 0) return null;
  if (templates === null && persistent !== 0) return null;
  if (entries.length < total + (templates ?? 0) || entries.some(({ expiresInMs }) => expiresInMs === null)) return null;
  const connections = entries.filter(({ template }) => !template);
  const ends = entries.filter(({ template }) => template).map((template) => templateEndMs(template, connections));
  return { measuredAtMs, doneAtMs: measuredAtMs + Math.max(latest(connections), ...ends) };
}
