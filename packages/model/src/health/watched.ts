// A service whose health is watched: its verdicts, and what was decided last.
import type { HealthCheck, ServiceHealth } from '../definition/health/service-health.ts';
import type { RealServer, VirtualService } from '../definition/definition.ts';
import type { Override } from '../effective/override.ts';
import { same } from '../json/same.ts';
import type { ServiceDecision } from './decide/decision.ts';
import type { RealServerPlace } from './targets.ts';
import { startVerdict, withChecks } from './verdict.ts';
import type { Verdict } from './verdict.ts';

export interface Watched {
  readonly clusterId: string;
  readonly service: VirtualService;
  readonly health: ServiceHealth;
  readonly verdicts: Map<string, Verdict>;
  orders: readonly Override[];
  decision: ServiceDecision | null;
  /** Something was heard or changed that it has not been decided with. */
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

function isSameHost(a: RealServer, b: RealServer): boolean {
  return a.rip === b.rip && a.port === b.port && same(a.method, b.method);
}

/** `old`: the same service as it was watched so far; what did not change in it keeps its verdict. */
export function watch(clusterId: string, service: VirtualService & { readonly health: ServiceHealth }, old: Watched | null, before: Before, nowMs: number): Watched {
  const { health } = service;
  if (old !== null && same(old.service, service)) return old;
  const renewed = new Set(health.checks.filter((check) => {
    const known = old?.health.checks.find(({ id }) => id === check.id);
    return old === null || known === undefined || asksElse(check, known, service, old.service);
  }).map(({ id }) => id));
  const verdicts = new Map(service.realServers.map((realServer): [string, Verdict] => {
    const known = old?.service.realServers.find(({ id }) => id === realServer.id);
    const verdict = old?.verdicts.get(realServer.id);
    if (known !== undefined && verdict !== undefined && isSameHost(known, realServer)) return [realServer.id, withChecks(verdict, health, renewed, nowMs)];
    return [realServer.id, startVerdict(health, nowMs, before({ clusterId, serviceId: service.id, realServerId: realServer.id }))];
  }));
  return { clusterId, service, health, verdicts, orders: old?.orders ?? [], decision: old?.decision ?? null, isDue: true };
}
