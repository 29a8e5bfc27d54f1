// Which object of which cluster a key of the forwarder means: by what a director has accepted.
import type { ClusterDefinition } from '../definition/definition.ts';
import { sorryOf } from '../effective/sorry.ts';
import { addressOf, endpointKey, serviceKey } from '../table/table.ts';
import type { EndpointKey, ServiceKey } from '../table/table.ts';

export interface ServiceLabel {
  readonly clusterId: string;
  readonly serviceId: string;
  /** The sorry server among them. */
  readonly realServerIds: ReadonlyMap<EndpointKey, string>;
}

export type Labels = ReadonlyMap<ServiceKey, ServiceLabel>;

export interface LabelledCluster {
  readonly clusterId: string;
  /** As the definition names this director. */
  readonly directorId: string;
  readonly definition: ClusterDefinition;
}

/** As with what is effective, of two clusters with one service the first keeps it. */
export function labelsOf(accepted: readonly LabelledCluster[]): Labels {
  const labels = new Map<ServiceKey, ServiceLabel>();
  for (const { clusterId, directorId, definition } of accepted) {
    if (!definition.directors.some((director) => director.directorId === directorId)) continue;
    for (const service of definition.services) {
      const key = serviceKey(addressOf(service.match));
      const sorry = sorryOf(service);
      const realServers = sorry === null ? service.realServers : [...service.realServers, sorry];
      const realServerIds = new Map(realServers.map((realServer) => [endpointKey(realServer), realServer.id]));
      if (!labels.has(key)) labels.set(key, { clusterId, serviceId: service.id, realServerIds });
    }
  }
  return labels;
}
