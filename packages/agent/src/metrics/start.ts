// Metrics put together: the token from its file, what is told from what the daemon has, and the listener.
import { hostname } from 'node:os';
import type { Forwarder } from '@weir/forwarder';
import { PROTOCOL_VERSION } from '@weir/protocol';
import type { Logger } from 'pino';
import type { MetricsConfig } from '../agent.ts';
import type { Clock } from '../clock.ts';
import type { Health } from '../health/health.ts';
import type { History } from '../history/history.ts';
import type { Holdings } from '../reconcile/holdings.ts';
import type { Reconciler } from '../reconcile/reconciler.ts';
import type { Sampler } from '../sampling/sampler.ts';
import { AGENT_VERSION } from '../version.ts';
import { Metrics } from './metrics.ts';
import { startMetricsServer } from './metrics-server.ts';
import type { MetricsServer } from './metrics-server.ts';
import { loadToken } from './token.ts';

export interface MetricsGround {
  readonly forwarder: Pick<Forwarder, 'capabilities'>;
  readonly holdings: Pick<Holdings, 'held'>;
  readonly reconciler: Pick<Reconciler, 'known'>;
  readonly health: Pick<Health, 'checker' | 'standings'>;
  readonly history: Pick<History, 'backlog'>;
  readonly sampler: Pick<Sampler, 'listen'>;
  readonly startedAtMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Null where nobody is to be told. */
export async function startMetrics(config: MetricsConfig | null, ground: MetricsGround): Promise<MetricsServer | null> {
  if (config === null) return null;
  const { host, port, tokenFile } = config;
  const { forwarder: { capabilities }, holdings, reconciler, health, history, sampler, startedAtMs, clock, log } = ground;
  const metrics = new Metrics({
    info: { version: AGENT_VERSION, protocol: PROTOCOL_VERSION, driver: capabilities.driver, hostname: hostname(), startedAtMs },
    byteKind: capabilities.byteKind, clock,
    accepted: () => holdings.held.accepted, state: () => reconciler.known, checker: () => health.checker, journalBacklog: () => history.backlog,
    standingOf: (at) => health.standings.get(at), listen: (onSample) => sampler.listen(onSample),
  });
  const server = await startMetricsServer({ host, port, token: await loadToken(tokenFile), body: (format) => metrics.body(format), log });
  metrics.start();
  return {
    port: server.port,
    stop: async () => {
      metrics.stop();
      await server.stop();
    },
  };
}
