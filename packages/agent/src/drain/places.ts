// Where the targets of a drain are in the forwarder, by what this director has accepted.
import type { Drain, DrainPlace, ServiceMatch } from '@weir/model';
import type { HeldCluster } from '../disk/data-folder.ts';
import { targetOf } from '../reconcile/settle/override-target.ts';

export interface Place extends DrainPlace {
  /** Of its override. */
  readonly overrideId: string;
  readonly match: ServiceMatch;
  readonly rip: string;
  readonly port: number;
}

/** Targets that a later revision took away have no place any more. */
export function placesOf({ targets }: Pick<Drain, 'targets'>, overrideIds: readonly string[], accepted: readonly HeldCluster[]): Place[] {
  return targets.flatMap((target, index): Place[] => {
    const service = accepted.find(({ clusterId }) => clusterId === target.clusterId)?.definition.services.find(({ id }) => id === target.serviceId);
    const realServer = service?.realServers.find(({ id }) => id === target.realServerId);
    const at = targetOf({ target }, accepted);
    if (service === undefined || realServer === undefined || at === null) return [];
    return [{ ...at, overrideId: overrideIds[index] ?? '', match: service.match, rip: realServer.rip, port: realServer.port }];
  });
}
