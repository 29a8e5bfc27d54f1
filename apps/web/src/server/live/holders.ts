// Who forwards a cluster, by which definition, and what each says of one service. Pure.
import { addressOf, endpointKey, serviceKey } from '@weir/model';
import type { ClusterDefinition, RealServer, VirtualService } from '@weir/model';
import type { KnownRevision } from '../clusters/standings.ts';
import type { HealthNow } from './rows/health.ts';
import type { HeldService } from './held/held-service.ts';
import type { HeldSample } from './held/ring.ts';

/** One director at one moment. */
export interface DirectorNow {
  readonly directorId: string;
  readonly name: string;
  readonly live: boolean;
  readonly lastSeenAtMs: number | null;
  /** Of the protocol; null until its agent said. */
  readonly version: number | null;
  /** By cluster, as it has accepted it (null: not read yet, or not what the panel has under that number). Null: not heard since the panel's start. */
  readonly accepted: ReadonlyMap<string, ClusterDefinition | null> | null;
  /** The last sample, and the one that makes its rates. */
  readonly sample: HeldSample | null;
  readonly before: HeldSample | null;
  /** Null for a moment that is past. */
  readonly health: HealthNow | null;
}

/** A director that the wanted revision names, or that holds the cluster all the same. */
export interface Holder {
  readonly director: DirectorNow;
  /** By which it forwards: the wanted one where nothing better is known; null where it has accepted none. */
  readonly definition: ClusterDefinition | null;
  /** Whether that is what it said. */
  readonly told: boolean;
  readonly named: boolean;
}

export function holdersOf({ clusterId, definition: wanted }: Pick<KnownRevision, 'clusterId' | 'definition'>, directors: ReadonlyMap<string, DirectorNow>): Holder[] {
  const named = new Set(wanted.directors.map(({ directorId }) => directorId));
  const ids = new Set([...named, ...[...directors.values()].filter(({ accepted }) => accepted?.has(clusterId)).map(({ directorId }) => directorId)]);
  return [...ids].flatMap((id) => directors.get(id) ?? []).map((director): Holder => {
    const who = { director, named: named.has(director.directorId) };
    if (director.accepted === null) return { ...who, definition: wanted, told: false };
    if (!director.accepted.has(clusterId)) return { ...who, definition: null, told: true };
    const accepted = director.accepted.get(clusterId) ?? null;
    return { ...who, definition: accepted ?? wanted, told: accepted !== null };
  });
}

/** A service of a definition with ways to find its real servers. */
export interface DefinedService {
  readonly service: VirtualService;
  readonly key: string;
  readonly byId: ReadonlyMap<string, { readonly realServer: RealServer; readonly key: string }>;
  readonly keys: ReadonlySet<string>;
}

const indexed = new WeakMap<ClusterDefinition, ReadonlyMap<string, DefinedService>>();

/** The services of a definition by their ids: made once for each definition, which never changes. */
export function servicesOf(definition: ClusterDefinition): ReadonlyMap<string, DefinedService> {
  const known = indexed.get(definition);
  if (known !== undefined) return known;
  const services = new Map(definition.services.map((service): [string, DefinedService] => {
    const byId = new Map(service.realServers.map((realServer) => [realServer.id, { realServer, key: endpointKey(realServer) }]));
    return [service.id, { service, key: serviceKey(addressOf(service.match)), byId, keys: new Set([...byId.values()].map(({ key }) => key)) }];
  }));
  indexed.set(definition, services);
  return services;
}

/** What one director says of one service. */
export interface Report {
  readonly director: DirectorNow;
  readonly defined: DefinedService;
  readonly at: HeldSample;
  readonly service: HeldService;
  readonly before: { readonly service: HeldService; readonly measuredAtMs: number } | null;
}

/** The live directors that forward it; while none is live, the last word of the silent ones. */
export function reportsOn(serviceId: string, holders: readonly Holder[]): Report[] {
  const reports = holders.flatMap(({ director, definition }): Report[] => {
    const defined = definition === null ? undefined : servicesOf(definition).get(serviceId);
    const at = director.sample;
    const service = defined === undefined ? null : at?.service(defined.key) ?? null;
    if (defined === undefined || at === null || service === null) return [];
    const earlier = director.before?.service(defined.key) ?? null;
    const before = earlier === null || director.before === null ? null : { service: earlier, measuredAtMs: director.before.measuredAtMs };
    return [{ director, defined, at, service, before }];
  });
  const live = reports.filter(({ director }) => director.live);
  return live.length > 0 ? live : reports;
}
