// Claims: what two clusters on one director cannot both have.
import type { ClusterDefinition } from '../definition/definition.ts';
import { addressOf, serviceKey } from './table.ts';
import type { ServiceKey } from './table.ts';

export interface Claim {
  readonly directorId: string;
  readonly key: ServiceKey;
  readonly serviceId: string;
}

/** One claim per service and director. A key that appears twice in one definition is lint's matter, and claimed once. */
export function claimsOf(definition: ClusterDefinition): Claim[] {
  const services = new Map(definition.services.map((service) => [serviceKey(addressOf(service.match)), service.id]));
  return definition.directors.flatMap(({ directorId }) => (
    [...services].map(([key, serviceId]) => ({ directorId, key, serviceId }))));
}
