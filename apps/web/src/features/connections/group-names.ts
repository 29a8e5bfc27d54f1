// What a group of connections is called on the page, and what to look for to see it alone.
import { addressOf as serviceAddressOf, endpointKey, serviceKey, type ConnectionGrouping, type VirtualService } from '@weir/model';
import type { ConnectionsView } from '../../server/connections/filter.ts';
import type { GroupName } from './groups.tsx';

/** `10.0.0.1:80` and `[fd00::1]:80` without the port. */
function addressIn(endpoint: string): string {
  return endpoint.slice(0, endpoint.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

/** By endpoint; of one that services call differently there is no name. */
function realServerNames(services: readonly VirtualService[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, ...realServer } of services.flatMap(({ realServers }) => realServers)) {
    const key = endpointKey(realServer);
    names.set(key, (names.get(key) ?? name) === name ? name : '');
  }
  return names;
}

function called(name: string | undefined, key: string): string {
  return name === undefined || name === '' ? key : `${name} · ${key}`;
}

/** `withClients`: whether it may be looked for by addresses. */
export function groupNames(services: readonly VirtualService[], view: ConnectionsView, withClients: boolean): (by: ConnectionGrouping) => (key: string) => GroupName {
  const byKey = new Map(services.map((service) => [serviceKey(serviceAddressOf(service.match)), service]));
  const realServers = realServerNames(services);
  const { groupBy: _, ...others } = view;
  return (by) => (key) => {
    switch (by) {
      case 'client': {
        const { network: _network, ...rest } = others;
        return { text: key, view: { ...rest, client: key } };
      }
      case 'network': return { text: key, view: { ...others, network: key, groupBy: 'client' } };
      case 'realServer': return { text: called(realServers.get(key), key), view: withClients ? { ...others, rip: addressIn(key) } : null };
      case 'state': return { text: key, view: { ...others, state: key } };
      case 'protocol': return { text: key.toUpperCase(), view: { ...others, protocol: key } };
      case 'service': {
        const service = byKey.get(key);
        return { text: called(service?.name, key), view: service === undefined ? null : { ...others, serviceId: service.id } };
      }
    }
  };
}
