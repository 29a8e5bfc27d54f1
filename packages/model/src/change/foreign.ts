// Services that Weir did not make, where a definition wants its own: the plan leaves them alone, and this says so.
import type { ClusterDefinition } from '../definition/definition.ts';
import type { Finding } from '../lint/finding.ts';
import { addressOf, serviceKey } from '../table/table.ts';
import type { PresentTable } from '../table/table.ts';

/** The services of a definition that a director cannot take on, because one that is not Weir's, or beyond Weir's words, has their address. */
export function foreignInTheWay({ services }: ClusterDefinition, { services: present, others = [] }: PresentTable): Finding[] {
  const foreign = new Set([
    ...present.filter((service) => service.foreign).map(({ address }) => serviceKey(address)), ...others.filter(({ is }) => is === 'service').map(({ key }) => key),
  ]);
  return services.flatMap(({ name, match }, index): Finding[] => {
    const key = serviceKey(addressOf(match));
    return foreign.has(key) ? [{ code: 'foreignService', severity: 'error', path: ['services', index, 'match'], params: { service: name, key } }] : [];
  });
}
