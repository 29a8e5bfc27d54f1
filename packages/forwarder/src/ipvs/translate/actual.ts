// The kernel's table as Weir reports it: in an order of its own, since the kernel lists what is newest first.
import { endpointKey } from '@weir/model';
import type { ActualRealServer, ActualService, OtherRule } from '@weir/model';
import { serviceName } from '@weir/ipvs';
import type { Destination, Service } from '@weir/ipvs';
import { addressOfService, endpointOfDestination, isBeyond, settingsOfDestination, settingsOfService } from './from-kernel.ts';
import { inOrder } from './order.ts';
import type { Keyed } from './order.ts';
import { otherRealServer, otherService } from './other-rule.ts';

/** One service of the kernel: `service` where Weir can say it, `others` for what of it Weir cannot. */
export interface Told extends Keyed {
  readonly service: ActualService | null;
  readonly others: readonly OtherRule[];
}

function realServerOf({ id, settings, connections }: Destination): ActualRealServer | { readonly beyond: OtherRule['why'] } {
  const endpoint = endpointOfDestination(id);
  if (isBeyond(endpoint)) return endpoint;
  const said = settingsOfDestination(settings);
  return isBeyond(said) ? said : { endpoint, settings: said, connections };
}

/** Nobody but the agent knows whether Weir made a service: here none is foreign. */
export function tell(service: Service, destinations: readonly Destination[]): Told {
  const key = serviceName(service.id);
  const address = addressOfService(service.id);
  const settings = settingsOfService(service);
  const known = isBeyond(address) ? null : address;
  const beyond = isBeyond(address) ? address.beyond : isBeyond(settings) ? settings.beyond : null;
  if (known === null || isBeyond(settings)) {
    const why = beyond ?? 'address';
    return {
      key, service: null,
      others: [otherService(service, known, why), ...destinations.map((destination) => otherRealServer(service.id, known, destination, why))],
    };
  }
  const realServers: (Keyed & { readonly said: ActualRealServer })[] = [];
  const others: OtherRule[] = [];
  for (const destination of destinations) {
    const said = realServerOf(destination);
    if (isBeyond(said)) others.push(otherRealServer(service.id, known, destination, said.beyond));
    else realServers.push({ key: endpointKey(said.endpoint), said });
  }
  return { key, others, service: { address: known, settings, foreign: false, realServers: inOrder(realServers).map(({ said }) => said) } };
}

/** In the kernel's own order, by which its schedulers go; null where Weir has no words for all of it. */
export function inTurn(service: Service, destinations: readonly Destination[]): ActualService | null {
  const [address, settings] = [addressOfService(service.id), settingsOfService(service)];
  const realServers: ActualRealServer[] = [];
  for (const destination of destinations) {
    const said = realServerOf(destination);
    if (isBeyond(said)) return null;
    realServers.push(said);
  }
  return isBeyond(address) || isBeyond(settings) ? null : { address, settings, foreign: false, realServers };
}
