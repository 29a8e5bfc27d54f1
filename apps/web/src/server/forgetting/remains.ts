// What a director may go on forwarding, from the revisions it may hold and from what was last measured there. Pure.
import { effective, endpointKey, hostCommand, ipvsadmCommand, removeVipAnywhereCommand } from '@weir/model';
import type { ClusterDefinition, ClusterDirector, Override, Sample, ServiceRule } from '@weir/model';
import type { DirectorState } from '@weir/protocol';
import type { DirectorView } from '../gateway/director-view.ts';
import type { Holding } from './holdings.ts';
import type { DirectorRemains, StayingService, StayingVip } from './remains-view.ts';

export interface KnownHolding extends Holding {
  readonly cluster: string | null;
  /** Null: this panel has no such revision. */
  readonly definition: ClusterDefinition | null;
}

export interface RemainsInput {
  readonly director: Pick<DirectorView, 'id' | 'name' | 'address' | 'link' | 'hello'>;
  readonly holdings: readonly KnownHolding[];
  readonly overrides: readonly Override[];
  readonly host: DirectorState['host'];
  readonly sample: Sample | null;
  readonly namedBy: DirectorRemains['namedBy'];
  readonly nowMs: number;
}

interface Placed {
  readonly holding: KnownHolding;
  readonly rule: ServiceRule;
  readonly key: string;
}

export function remainsOf({ director, holdings, overrides, host, sample, namedBy, nowMs }: RemainsInput): DirectorRemains {
  const { id: directorId, name, address, link, hello } = director;
  const capabilities = hello?.capabilities ?? null;
  const placed = holdings.flatMap((holding) => placedBy(holding, directorId, overrides, nowMs));
  // Two revisions of one cluster may be there, one of them only ordered: the first is what was said.
  const byKey = new Map<string, Placed>();
  for (const each of placed) if (!byKey.has(each.key)) byKey.set(each.key, each);
  const services = [...byKey.values()];
  const inKernel = ({ realServers }: ServiceRule): boolean => (capabilities === null
    ? realServers.some(({ settings }) => settings.method.kind !== 'proxied')
    : capabilities.driver !== 'proxy');
  const said = (host?.vips ?? []).filter(({ byWeir }) => byWeir).map((vip) => stayingVip(vip, holdings));
  return {
    directorId, name, address, namedBy,
    driver: capabilities?.driver ?? null,
    lastSeenAt: link.lastSeenAt,
    measuredAt: sample?.measuredAtMs ?? null,
    held: holdings.map(({ clusterId, cluster, revision, how, definition }) => ({ clusterId, cluster, revision, how, known: definition !== null })),
    services: services.map(({ holding, rule, key }) => staying(holding, rule, key, inKernel(rule))),
    vips: [...said, ...(capabilities?.driver === 'proxy' ? [] : perhapsThere(holdings, directorId, host))],
    others: (sample?.services ?? []).filter(({ key }) => !byKey.has(key)).map(({ key, realServers }) => ({ key, realServers: realServers.length })),
    endsWithAgent: capabilities === null
      ? holdings.every(({ definition }) => definition !== null) && services.every(({ rule }) => !inKernel(rule))
      : !capabilities.outlivesAgent,
  };
}

/** A host that was enrolled anew has another id here than in what it accepted before; a cluster's services are the same on all directors. */
function partOf({ directors }: ClusterDefinition, id: string): ClusterDirector | undefined {
  return directors.find(({ directorId }) => directorId === id) ?? directors[0];
}

function placedBy(holding: KnownHolding, id: string, overrides: readonly Override[], nowMs: number): Placed[] {
  const { clusterId, revision, definition } = holding;
  if (definition === null) return [];
  const directorId = partOf(definition, id)?.directorId ?? id;
  const { origins } = effective({ directorId, accepted: [{ clusterId, revision, definition }], overrides, nowMs });
  return origins.map(({ rule, key }) => ({ holding, rule, key }));
}

function staying({ clusterId, cluster, how }: KnownHolding, rule: ServiceRule, key: string, kernel: boolean): StayingService {
  return {
    key, clusterId, how,
    cluster: cluster ?? clusterId,
    realServers: rule.realServers.map(({ endpoint, settings }) => ({ key: endpointKey(endpoint), weight: settings.weight })),
    command: kernel ? ipvsadmCommand({ kind: 'removeService', service: rule.address, removed: rule }) : null,
  };
}

function stayingVip({ address, interface: on }: { readonly address: string; readonly interface: string }, holdings: readonly KnownHolding[]): StayingVip {
  const wanting = holdings.find(({ definition }) => definition?.vips.some((vip) => vip.address === address) === true);
  return { address, interface: on, clusterId: wanting?.clusterId ?? null, command: hostCommand({ kind: 'removeVip', vip: address, interface: on }) };
}

/** What it was to hold and has not spoken of: all that it accepted where it was not heard, else only what was ordered since. */
function perhapsThere(holdings: readonly KnownHolding[], id: string, host: RemainsInput['host']): StayingVip[] {
  const found = new Map(holdings.filter(({ how }) => host === null || how === 'ordered').flatMap(({ clusterId, definition }) => {
    const part = definition === null ? undefined : partOf(definition, id);
    if (definition === null || part === undefined || part.host?.vips === 'operator' || !usesKernel(definition)) return [];
    return definition.vips.filter(({ address, holder }) => holder === part.directorId && host?.vips.some((vip) => vip.address === address) !== true)
      .map(({ address }): [string, StayingVip] => [address, { address, interface: null, clusterId, command: removeVipAnywhereCommand(address) }]);
  }));
  return [...found.values()];
}

function usesKernel({ services }: ClusterDefinition): boolean {
  return services.some(({ realServers }) => realServers.some(({ method }) => method.kind !== 'proxied'));
}

/** The part of it that belongs to one cluster. */
export function ofCluster(remains: DirectorRemains, clusterId: string): DirectorRemains {
  return {
    ...remains,
    held: remains.held.filter((each) => each.clusterId === clusterId),
    services: remains.services.filter((each) => each.clusterId === clusterId),
    vips: remains.vips.filter((each) => each.clusterId === clusterId),
    others: [],
  };
}
