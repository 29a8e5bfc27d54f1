// Real servers that are down and services below their quorum, as the directors say that answer. A silent one says nothing here: its silence is the alert.
import { alertKey, deciding } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import type { ServiceStanding } from '@weir/protocol';
import type { Clusters } from '../../clusters/clusters.ts';
import { serves } from '../../clusters/serves.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Condition } from './condition.ts';

export interface HealthParts {
  readonly gateway: Pick<Gateway, 'directors' | 'health' | 'stateNow'>;
  readonly clusters: Pick<Clusters, 'allWanted'>;
}

type Service = ClusterDefinition['services'][number];
type Wanted = ReturnType<Clusters['allWanted']>[number];

interface Named {
  readonly wanted: Wanted;
  readonly service: Service | undefined;
}

function belowQuorum({ state: { code } }: ServiceStanding): boolean {
  return code === 'belowGoOn' || code === 'belowSorry' || code === 'belowFailOpen';
}

/** Since when it is so, says the director's clock. */
function ofService({ wanted, service }: Named, { serviceId, state }: ServiceStanding): Condition {
  const { clusterId, name: clusterName } = wanted;
  const serviceName = service?.name ?? serviceId;
  return {
    sinceMs: state.sinceMs, rule: 'belowQuorum', key: `${clusterId}/${serviceId}`, clusterIds: [clusterId], object: { clusterId, clusterName, serviceId, serviceName },
    params: { service: serviceName, usable: state.params['usable'] ?? null, needed: state.params['needed'] ?? null }, link: `/clusters/${clusterId}/services/${serviceId}`,
  };
}

function ofRealServer({ wanted, service }: Named, serviceId: string, { realServerId, sinceMs }: ServiceStanding['realServers'][number]): Condition {
  const { clusterId, name: clusterName } = wanted;
  const serviceName = service?.name ?? serviceId;
  const realServerName = service?.realServers.find(({ id }) => id === realServerId)?.name ?? realServerId;
  return {
    sinceMs, rule: 'realServerDown', key: `${clusterId}/${serviceId}/${realServerId}`, clusterIds: [clusterId],
    object: { clusterId, clusterName, serviceId, serviceName, realServerId, realServerName },
    params: { realServer: realServerName, service: serviceName }, link: `/clusters/${clusterId}/services/${serviceId}/health/${realServerId}`,
  };
}

/** What a person has taken out of the turn may be down: nobody is called for that. */
function takenOut(gateway: HealthParts['gateway'], directorId: string, nowMs: number): (at: { readonly clusterId: string; readonly serviceId: string; readonly realServerId: string }) => boolean {
  const overrides = (gateway.stateNow(directorId)?.overrides ?? []).filter(({ cause }) => cause === 'maintenance' || cause === 'drain');
  if (overrides.length === 0) return () => false;
  return ({ clusterId, serviceId, realServerId }) => deciding(overrides.filter(({ target }) => (
    target.clusterId === clusterId && target.serviceId === serviceId && target.realServerId === realServerId)), nowMs) !== null;
}

export function healthConditions({ gateway, clusters }: HealthParts, nowMs: number): Condition[] {
  const byId = new Map(clusters.allWanted().map((wanted) => [wanted.clusterId, wanted]));
  const conditions = new Map<string, Condition>();
  for (const { id: directorId } of gateway.directors()) {
    const health = gateway.stateNow(directorId) === null ? null : gateway.health(directorId);
    const isTakenOut = takenOut(gateway, directorId, nowMs);
    for (const standing of health?.all() ?? []) {
      const { clusterId, serviceId } = standing;
      const wanted = byId.get(clusterId);
      const down = standing.realServers.filter((server) => server.standing === 'down');
      if (wanted === undefined || (down.length === 0 && !belowQuorum(standing))) continue;
      const named = { wanted, service: wanted.definition.services.find(({ id }) => id === serviceId) };
      const found: Condition[] = [
        ...(belowQuorum(standing) ? [ofService(named, standing)] : []),
        ...down.map((server) => ({ ...ofRealServer(named, serviceId, server), isTakenOut: isTakenOut({ clusterId, serviceId, realServerId: server.realServerId }) })),
      ];
      for (const condition of found) {
        const key = alertKey(condition);
        // Taken out is what no director uses.
        if (!(condition.isTakenOut ?? false) || !conditions.has(key)) conditions.set(key, condition);
      }
    }
  }
  return [...conditions.values()];
}

/** Whether every director that could say so is heard now: asked of many alerts at one look, found once for each cluster. */
export function healthKnown({ gateway, clusters }: HealthParts): (clusterId: string) => boolean {
  const known = new Map<string, boolean>();
  const byId = new Map(clusters.allWanted().map((wanted) => [wanted.clusterId, wanted]));
  const directors = gateway.directors();
  const find = (clusterId: string): boolean => {
    const wanted = byId.get(clusterId);
    // Nobody wants the cluster any more: nothing of it is watched.
    if (wanted === undefined) return true;
    return directors.filter((director) => serves(director, wanted)).every(({ id }) => {
      const health = gateway.health(id);
      // An older agent asks nothing.
      return gateway.stateNow(id) !== null && (health === null || health.atMs !== null);
    });
  };
  return (clusterId) => {
    const before = known.get(clusterId);
    if (before !== undefined) return before;
    const found = find(clusterId);
    known.set(clusterId, found);
    return found;
  };
}
