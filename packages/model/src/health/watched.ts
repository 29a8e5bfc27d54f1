// A service whose health is watched: its verdicts, and what was decided last.
import type { HealthCheck, ServiceHealth } from '../definition/health/service-health.ts';
import type { ClusterDirector, RealServer, VirtualService } from '../definition/definition.ts';
import type { Override } from '../effective/override.ts';
import { same } from '../json/same.ts';
import type { ServiceDecision } from './decide/decision.ts';
import { canAsk } from './targets.ts';
import type { RealServerPlace } from './targets.ts';
import { startVerdict, withChecks } from './verdict/verdict.ts';
import type { Verdict } from './verdict/verdict.ts';

export interface Watched {
  readonly clusterId: string;
  readonly service: VirtualService;
  readonly health: ServiceHealth;
  readonly verdicts: Map<string, Verdict>;
  /** Of those that something was heard of since the last turn, the verdict before. */
  readonly touched: Map<string, Verdict>;
  orders: readonly Override[];
  decision: ServiceDecision | null;
  /** It is to be decided anew, whatever was heard. */
  isDue: boolean;
}

/** What a real server counted as when the agent ended; null: not known. */
export type Before = (place: RealServerPlace) => 'up' | 'down' | null;

export function watchedKey({ clusterId, serviceId }: { readonly clusterId: string; readonly serviceId: string }): string {
  return `${clusterId}/${serviceId}`;
}

/** Another question, whose answers say nothing of the one before; how often it is asked makes it no other. */
function asksElse(check: HealthCheck, old: HealthCheck, service: VirtualService, oldService: VirtualService): boolean {
  return !same([check.probe, check.port, check.source], [old.probe, old.port, old.source]) || (check.probe.type === 'path' && !same(service.match, oldService.match));
}

function isSameEndpoint(a: RealServer, b: RealServer): boolean {
  return a.rip === b.rip && a.port === b.port;
}

/** By which way packets come to it is a matter of the path alone: what else was heard of it holds. */
function renewedOn(realServer: RealServer, known: RealServer, { checks }: ServiceHealth, renewed: ReadonlySet<string>): ReadonlySet<string> {
  if (same(realServer.method, known.method)) return renewed;
  return new Set([...renewed, ...checks.filter(({ probe }) => probe.type === 'path').map(({ id }) => id)]);
}

export interface Watching {
  readonly clusterId: string;
  readonly director: ClusterDirector;
  /** The same service as it was watched so far; what did not change in it keeps its verdict. */
  readonly old: Watched | null;
  readonly before: Before;
  readonly nowMs: number;
}

/** A real server is judged by the checks that can ask it. */
export function watch(service: VirtualService & { readonly health: ServiceHealth }, { clusterId, director, old, before, nowMs }: Watching): Watched {
  const { health } = service;
  const renewed = new Set(health.checks.filter((check) => {
    const known = old?.health.checks.find(({ id }) => id === check.id);
    return old === null || known === undefined || asksElse(check, known, service, old.service);
  }).map(({ id }) => id));
  const verdicts = new Map(service.realServers.map((realServer): [string, Verdict] => {
    const { id } = realServer;
    const checks = health.checks.filter((check) => canAsk(check, realServer, service, director));
    const known = old?.service.realServers.find((one) => one.id === id);
    const verdict = old?.verdicts.get(id);
    if (known !== undefined && verdict !== undefined && isSameEndpoint(known, realServer)) return [id, withChecks(verdict, checks, renewedOn(realServer, known, health, renewed), nowMs)];
    return [id, startVerdict({ checks, first: health.first }, nowMs, before({ clusterId, serviceId: service.id, realServerId: id }))];
  }));
  return { clusterId, service, health, verdicts, touched: new Map(), orders: old?.orders ?? [], decision: old?.decision ?? null, isDue: true };
}
