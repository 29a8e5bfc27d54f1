// The plan for this director, for all it holds or for one cluster's own part of it.
import { addressOf, adoptions, asAdopted, directorPlan, plan, planHost, serviceKey, vipsOf, wantedHost } from '@weir/model';
import type {
  ActualTable, ClusterDefinition, HostOperation, HostPlan, HostReading, IpAddress, PlanOperation, ServiceKey, SettingName,
} from '@weir/model';
import type { HeldCluster } from '../../disk/data-folder.ts';
import { effectiveTable } from './effective-table.ts';
import type { Held } from './effective-table.ts';

/** One look at this director. `host` is null where the agent leaves its host alone. */
export interface Reading {
  readonly actual: ActualTable;
  readonly host: HostReading | null;
  readonly readAtMs: number;
}

/** What a plan is about: a cluster's own services, VIPs and settings, and nobody else's. */
export interface Scope {
  readonly services: ReadonlySet<ServiceKey>;
  readonly vips: ReadonlySet<IpAddress>;
  readonly settings: ReadonlySet<SettingName>;
}

type Here = Pick<HeldCluster, 'directorId' | 'definition'>;

function isHere({ directorId, definition }: Here): boolean {
  return definition.directors.some((director) => director.directorId === directorId);
}

/** The services that a definition puts on this director. */
export function keysOfCluster(cluster: Here): readonly ServiceKey[] {
  return isHere(cluster) ? cluster.definition.services.map(({ match }) => serviceKey(addressOf(match))) : [];
}

export function vipsOfCluster({ vips, services }: ClusterDefinition): readonly IpAddress[] {
  return [...vips.map(({ address }) => address), ...services.flatMap(({ match }) => vipsOf(match))];
}

export function scopeOf(clusters: readonly HeldCluster[], host: HostReading | null): Scope {
  return {
    services: new Set(clusters.flatMap(keysOfCluster)),
    vips: new Set(clusters.flatMap(({ definition }) => vipsOfCluster(definition))),
    settings: new Set(host === null ? [] : wantedHost(clusters, host).settings.map(({ name }) => name)),
  };
}

/** The part of a table that is about these services. */
export function only<TTable extends { readonly services: readonly { readonly address: Parameters<typeof serviceKey>[0] }[] }>(
  table: TTable, keys: ReadonlySet<ServiceKey>,
): TTable {
  return { ...table, services: table.services.filter(({ address }) => keys.has(serviceKey(address))) };
}

export function inScope(operation: PlanOperation, { services, vips, settings }: Scope): boolean {
  if (operation.kind === 'setHostSetting') return settings.has(operation.name);
  if (operation.kind === 'addVip' || operation.kind === 'removeVip') return vips.has(operation.vip);
  return services.has(serviceKey(operation.service));
}

function within(scope: Scope, { settings, added, removed }: HostPlan): HostPlan {
  const own = (steps: readonly HostOperation[]): HostOperation[] => steps.filter((step) => inScope(step, scope));
  return { settings: own(settings), added: own(added), removed: own(removed) };
}

/**
 * The operations that bring this director, or a part of it, to what is held; what others made and is wanted becomes Weir's before anything is
 * changed in it. Overrides are taken as of `nowMs`.
 */
export function planDirector(held: Held, { actual, host }: Omit<Reading, 'readAtMs'>, nowMs: number, scope: Scope | null = null): PlanOperation[] {
  const all = effectiveTable(held, nowMs);
  const [wanted, present] = scope === null ? [all, actual] : [only(all, scope.services), only(actual, scope.services)];
  const adopted = adoptions(wanted, present);
  const rules = plan(wanted, asAdopted(present, adopted));
  if (host === null) return [...adopted, ...rules];
  const steps = planHost(wantedHost(held.accepted, host), host);
  return [...adopted, ...directorPlan(rules, scope === null ? steps : within(scope, steps))];
}
