// Services that others made, where a definition wants its own: which a person may order to be taken over, and which Weir has no words for.
import type { ClusterDefinition } from '../../definition/definition.ts';
import type { Finding } from '../../lint/finding.ts';
import { addressOf, serviceKey } from '../../table/table.ts';
import type { ForwardingTable, PresentTable } from '../../table/table.ts';
import type { AdoptService } from './adopt-service.ts';

/** Each that others made and that is wanted now, as it is found. */
export function adoptions({ services: wanted }: ForwardingTable, { services: present }: PresentTable): AdoptService[] {
  const keys = new Set(wanted.map(({ address }) => serviceKey(address)));
  return present.filter(({ address, foreign }) => foreign && keys.has(serviceKey(address))).map(({ address, settings, realServers }) => ({
    kind: 'adoptService', service: address,
    found: { address, settings, realServers: realServers.map(({ endpoint, settings: own }) => ({ endpoint, settings: own })) },
  }));
}

/** What is adopted is planned as Weir's own from then on. */
export function asAdopted<TTable extends PresentTable>(actual: TTable, adopted: readonly AdoptService[]): TTable {
  if (adopted.length === 0) return actual;
  const keys = new Set(adopted.map(({ service }) => serviceKey(service)));
  return { ...actual, services: actual.services.map((service) => (keys.has(serviceKey(service.address)) ? { ...service, foreign: false } : service)) };
}

/** The services of a definition that a director cannot take on, because one that is beyond Weir's words has their address. */
export function foreignInTheWay({ services }: ClusterDefinition, { others = [] }: PresentTable): Finding[] {
  const foreign = new Set(others.filter(({ is }) => is === 'service').map(({ key }) => key));
  return services.flatMap(({ name, match }, index): Finding[] => {
    const key = serviceKey(addressOf(match));
    return foreign.has(key) ? [{ code: 'foreignService', severity: 'error', path: ['services', index, 'match'], params: { service: name, key } }] : [];
  });
}
