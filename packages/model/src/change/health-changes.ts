// What of the health of its services changes from one definition of a cluster to another. Pure.
import { differences } from './differences.ts';
import type { ClusterDefinition } from '../definition/definition.ts';
import type { ServiceHealth } from '../definition/health/service-health.ts';
import { same } from '../json/same.ts';

/** `before` null: it begins. `after` null: it ends. */
export interface HealthChange {
  readonly serviceId: string;
  readonly service: string;
  readonly before: ServiceHealth | null;
  readonly after: ServiceHealth | null;
}

/** Null: nothing is accepted before, or the cluster is taken off. */
export function healthChanges(before: ClusterDefinition | null, after: ClusterDefinition | null): HealthChange[] {
  const some = before ?? after;
  if (some === null) return [];
  const nothing = { ...some, services: [] };
  return differences(before ?? nothing, after ?? nothing).flatMap((difference): HealthChange[] => {
    if (difference.object !== 'service') return [];
    const { id: serviceId, name: service } = difference.kind === 'removed' ? difference.before : difference.after;
    const change = { serviceId, service, before: difference.before?.health ?? null, after: difference.after?.health ?? null };
    return same(change.before, change.after) ? [] : [change];
  });
}
