// What a director last counted of the targets of a drain, by the definition that it forwards by. Pure.
import { addressOf, endpointKey, readingsOf, serviceKey } from '@weir/model';
import type { ClusterDefinition, DrainTarget, Sample } from '@weir/model';
import type { DrainCounted } from './drain-view.ts';

export function countedOf(targets: readonly Pick<DrainTarget, 'serviceId' | 'realServerId'>[], definition: ClusterDefinition | null, sample: Sample | null): DrainCounted[] {
  return targets.map(({ serviceId, realServerId }) => {
    if (definition === null || sample === null) return null;
    const service = definition.services.find(({ id }) => id === serviceId);
    const realServer = service?.realServers.find(({ id }) => id === realServerId);
    if (service === undefined || realServer === undefined) return 'gone';
    const place = { service: serviceKey(addressOf(service.match)), endpoint: endpointKey({ rip: realServer.rip, port: realServer.port }) };
    const [reading] = readingsOf([place], sample);
    return reading === undefined || reading === null ? 'gone' : { weight: reading.weight, ...reading.connections };
  });
}

/** Nothing is there, and nothing comes. */
export function isNothing(counted: DrainCounted): boolean {
  if (counted === null) return false;
  if (counted === 'gone') return true;
  const { weight, active, inactive, persistent } = counted;
  return weight === 0 && active === 0 && inactive === 0 && persistent === 0;
}
