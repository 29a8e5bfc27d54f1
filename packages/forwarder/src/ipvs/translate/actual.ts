// The kernel's table as Weir reports it: in an order of its own, since the kernel lists what is newest first.
import { endpointKey } from '@weir/model';
import type { ActualRealServer, ActualService, OtherRule } from '@weir/model';
import { serviceName } from '@weir/ipvs';
import type { Destination, Service } from '@weir/ipvs';
import { addressOfService, endpointOfDestination, isBeyond, settingsOfDestination, settingsOfService } from './from-kernel.ts';
import { otherRealServer, otherService } from './other-rule.ts';

/** One service of the kernel: `service` where Weir can say it, `others` for what of it Weir cannot. */
export interface Told {
  readonly key: string;
  readonly service: ActualService | null;
  readonly others: readonly OtherRule[];
}

function byKey(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function realServerOf({ id, settings, connections }: Destination): ActualRealServer | { readonly beyond: OtherRule['why'] } {
  const endpoint = endpointOfDestination(id);
  if (isBeyond(endpoint)) return endpoint;
  const said = settingsOfDestination(settings);
  return isBeyond(said) ? said : { endpoint, settings: said, connections: { ...connections } };
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
  const realServers: ActualRealServer[] = [];
  const others: OtherRule[] = [];
  for (const destination of destinations) {
    const said = realServerOf(destination);
    if (isBeyond(said)) others.push(otherRealServer(service.id, known, destination, said.beyond));
    else realServers.push(said);
  }
  return { key, others, service: { address: known, settings, foreign: false, realServers: sortedBy(realServers, ({ endpoint }) => endpointKey(endpoint)) } };
}

/** One of each key: while somebody changes its table, the kernel may list an object twice. */
export function sortedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const sorted = all.map((one) => ({ key: keyOf(one), one })).sort((a, b) => byKey(a.key, b.key));
  return sorted.filter(({ key }, at) => key !== sorted[at - 1]?.key).map(({ one }) => one);
}
