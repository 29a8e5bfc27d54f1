// How many connections real servers have, for slow start: read only while somebody needs it.
import { addressOf, endpointKey, serviceKey } from '@weir/model';
import type { HealthPlace, Sample } from '@weir/model';
import type { Forwarder } from '@weir/forwarder';
import type { HeldCluster } from '../disk/data-folder.ts';

export type ConnectionsOf = (place: HealthPlace) => number | null;

/** Active and inactive, as thresholds count them. */
export async function readConnections({ sample }: Pick<Forwarder, 'sample'>, accepted: readonly HeldCluster[]): Promise<ConnectionsOf> {
  const counted = countsOf(await sample());
  const rules = new Map(accepted.flatMap(({ clusterId, definition }) => definition.services.flatMap((service) => service.realServers.map((realServer): [string, string] => (
    [`${clusterId}/${service.id}/${realServer.id}`, `${serviceKey(addressOf(service.match))} ${endpointKey(realServer)}`])))));
  return ({ clusterId, serviceId, realServerId }) => counted.get(rules.get(`${clusterId}/${serviceId}/${realServerId}`) ?? '') ?? null;
}

function countsOf({ services }: Sample): ReadonlyMap<string, number> {
  return new Map(services.flatMap(({ key, realServers }) => realServers.map(({ key: endpoint, connections: { active, inactive } }): [string, number] => (
    [`${key} ${endpoint}`, active + inactive]))));
}
