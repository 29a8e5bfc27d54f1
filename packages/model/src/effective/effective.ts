// Effective: what a director should forward now, from what it accepted, its overrides and the time.
import type { ClusterDefinition, ClusterDirector, RealServer, Thresholds, VirtualService } from '../definition/definition.ts';
import { familyOf } from '../definition/address.ts';
import type { RuleMethod } from '../definition/forwarding.ts';
import type { Override } from './override.ts';
import { deciding } from './override.ts';
import { sorryOf } from './sorry.ts';
import { addressOf, endpointKey, serviceKey } from '../table/table.ts';
import type { EndpointKey, ForwardingTable, RealServerRule, ServiceKey, ServiceRule } from '../table/table.ts';

/** One cluster as a director accepted it. */
export interface Accepted {
  readonly clusterId: string;
  readonly revision: number;
  readonly definition: ClusterDefinition;
}

export interface EffectiveInput {
  readonly directorId: string;
  readonly accepted: readonly Accepted[];
  readonly overrides: readonly Override[];
  readonly nowMs: number;
}

/** A real server of the definition, the rule it comes to, and why that differs from the definition. `rule` is null while it is removed. */
export interface EffectiveRealServer {
  readonly defined: RealServer;
  readonly key: EndpointKey;
  readonly rule: RealServerRule | null;
  readonly decidedBy: Override | null;
}

export interface EffectiveService {
  readonly clusterId: string;
  readonly defined: VirtualService;
  readonly key: ServiceKey;
  readonly rule: ServiceRule;
  readonly realServers: readonly EffectiveRealServer[];
  /** Null while it does not answer, too. */
  readonly sorry: EffectiveRealServer | null;
}

export interface Effective extends ForwardingTable {
  readonly origins: readonly EffectiveService[];
}

function ruleMethod(realServer: RealServer, director: ClusterDirector): RuleMethod {
  if (realServer.method.kind !== 'proxied') return realServer.method;
  return { kind: 'proxied', source: director.dip[familyOf(realServer.rip)] };
}

function thresholdsUnder(decidedBy: Override | null, { thresholds }: RealServer): Thresholds {
  if (decidedBy?.effect.kind !== 'weight' || decidedBy.effect.upper === undefined) return thresholds;
  const { upper } = decidedBy.effect;
  return { upper, lower: Math.min(thresholds.lower, upper) };
}

function effectiveRealServer(
  realServer: RealServer, director: ClusterDirector, overrides: readonly Override[], nowMs: number,
): EffectiveRealServer {
  const decidedBy = deciding(overrides, nowMs);
  const endpoint = { rip: realServer.rip, port: realServer.port };
  const weight = decidedBy?.effect.kind === 'weight' ? decidedBy.effect.weight : realServer.weight;
  const settings = { method: ruleMethod(realServer, director), weight, thresholds: thresholdsUnder(decidedBy, realServer) };
  const removed = decidedBy?.effect.kind === 'remove';
  return { defined: realServer, key: endpointKey(endpoint), rule: removed ? null : { endpoint, settings }, decidedBy };
}

function targetKey(clusterId: string, serviceId: string, realServerId: string): string {
  return `${clusterId}/${serviceId}/${realServerId}`;
}

function byTarget(overrides: readonly Override[]): ReadonlyMap<string, readonly Override[]> {
  const grouped = new Map<string, Override[]>();
  for (const override of overrides) {
    const key = targetKey(override.target.clusterId, override.target.serviceId, override.target.realServerId);
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [override]);
    else group.push(override);
  }
  return grouped;
}

/** In the rules only while health gives it weight. */
function effectiveSorry(service: VirtualService, director: ClusterDirector, overridesOf: (realServerId: string) => readonly Override[], nowMs: number): EffectiveRealServer | null {
  const sorry = sorryOf(service);
  if (sorry === null) return null;
  const made = effectiveRealServer(sorry, director, overridesOf(sorry.id).filter(({ cause }) => cause === 'health'), nowMs);
  return made.decidedBy === null || made.rule === null || made.rule.settings.weight === 0 ? null : made;
}

function effectiveService(
  clusterId: string, service: VirtualService, director: ClusterDirector,
  overrides: ReadonlyMap<string, readonly Override[]>, nowMs: number,
): EffectiveService {
  const overridesOf = (realServerId: string): readonly Override[] => overrides.get(targetKey(clusterId, service.id, realServerId)) ?? [];
  const realServers = service.realServers.map((realServer) => effectiveRealServer(realServer, director, overridesOf(realServer.id), nowMs));
  const sorry = effectiveSorry(service, director, overridesOf, nowMs);
  const address = addressOf(service.match);
  const rule: ServiceRule = {
    address,
    settings: { scheduler: service.scheduler, persistence: service.persistence, onePacket: service.onePacket },
    realServers: [...realServers, ...(sorry === null ? [] : [sorry])].flatMap((realServer) => realServer.rule ?? []),
  };
  return { clusterId, defined: service, key: serviceKey(address), rule, realServers, sorry };
}

/**
 * A pure function of accepted, overrides and the time. A cluster that does not name this director gives nothing.
 * Two accepted clusters never claim one service (the panel's claims and the agent's check see to it); should it happen, the first keeps it.
 */
export function effective({ directorId, accepted, overrides, nowMs }: EffectiveInput): Effective {
  const targets = byTarget(overrides);
  const byKey = new Map<ServiceKey, EffectiveService>();
  for (const { clusterId, definition } of accepted) {
    const director = definition.directors.find((candidate) => candidate.directorId === directorId);
    if (director === undefined) continue;
    for (const service of definition.services) {
      const made = effectiveService(clusterId, service, director, targets, nowMs);
      if (!byKey.has(made.key)) byKey.set(made.key, made);
    }
  }
  const origins = [...byKey.values()];
  return { origins, services: origins.map((origin) => origin.rule) };
}
