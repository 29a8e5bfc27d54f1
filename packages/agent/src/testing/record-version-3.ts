// What version 3 of the protocol added to what an agent answers: health and its evidence, drains, history, groups of connections, where a client goes.
import { randomUUID } from 'node:crypto';
import type { Drain, ServiceHealth } from '@weir/model';
import { DIRECTOR } from './test-panel.ts';

export type Body = Record<string, unknown>;
export type Ask = (procedure: string, input?: unknown) => Promise<unknown>;

export interface Asks {
  readonly get: Ask;
  readonly post: Ask;
}

const clusterId = 'cluster-1';
const serviceId = 'web';
const askAgainMs = 500;

/** Of real servers that listen. */
export const health: ServiceHealth = {
  checks: [{ id: 'tcp', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 1_000, changingIntervalMs: null, timeoutMs: 500, rise: 1, fall: 3 }],
  first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};

export function dataOf(body: unknown): Body {
  return (body as { result: { data: Body } }).result.data;
}

/** While connections are open through the cluster. */
export async function recordTraffic({ get }: Asks, client: string): Promise<Body> {
  return {
    connectionsGrouped: await get('connections', { limit: 10, filter: { network: `${client}/32` }, groupBy: 'realServer', within: { clusterId } }),
    follow: await get('follow', { clusterId, client, clientPort: null }),
    healthEvidence: await get('healthEvidence', { clusterId, serviceId, realServerId: 'rs-0' }),
  };
}

export async function recordDrain({ get, post }: Asks): Promise<Body> {
  const startedAtMs = Date.now();
  const drain: Drain = {
    id: randomUUID(), targets: [{ clusterId, serviceId, realServerId: 'rs-0' }], author: 'Ann', reason: 'new kernel', startedAtMs, deadlineMs: startedAtMs + 3_600_000, atDeadline: 'wait',
  };
  return { startDrain: await post('startDrain', { drain }), stateDraining: await get('state'), endDrain: await post('endDrain', { drainId: drain.id }) };
}

/** Takes until an interval is over. */
export async function recordHistory({ get, post }: Asks, deadlineMs: number): Promise<Body> {
  const endsAt = Date.now() + deadlineMs;
  const input = { journalId: null, after: 0, limit: 10 };
  let journal = await get('journal', input);
  while ((dataOf(journal)['intervals'] as unknown[]).length === 0) {
    if (Date.now() > endsAt) throw new Error('no interval came');
    await new Promise((next) => { setTimeout(next, askAgainMs); });
    journal = await get('journal', input);
  }
  return {
    journal, journalCommitted: await post('journalCommitted', { journalId: dataOf(journal)['journalId'], sequence: 1 }),
    recent: await get('recent', { of: { kind: 'service', clusterId, serviceId }, realServers: true, fromMs: Date.now() - 5_000, toMs: Date.now() }),
    recentOfDirector: await get('recent', { of: { kind: 'director' }, realServers: false, fromMs: 0, toMs: Date.now() }),
  };
}

/** The last that it is asked: it gives up what it holds, and obeys the panel no more. */
export async function recordRelease({ post }: Asks): Promise<{ readonly release: unknown; readonly refusals: Body }> {
  const refusals = { stillHolds: await post('release', { directorId: DIRECTOR }), forwarderFailed: await post('zero', { service: null }) };
  const none = { clusterId, revision: 4, definition: null };
  const { digest, replaces } = dataOf(await post('plan', none));
  await post('applyChange', { ...none, applyId: randomUUID(), replaces, digest, onFailure: 'goOn' });
  return { release: await post('release', { directorId: DIRECTOR }), refusals };
}
