// What this director should forward now, from all it holds.
import { effective } from '@weir/model';
import type { ForwardingTable, Override, ServiceKey, ServiceRule } from '@weir/model';
import type { HeldCluster } from '../../disk/data-folder.ts';

export interface Held {
  readonly accepted: readonly HeldCluster[];
  /** Of people: those that they gave, and that this director keeps for them. */
  readonly overrides: readonly Override[];
  /** Of health and slow start, decided here; as many as there are real servers. */
  readonly health: readonly Override[];
}

/** Decided here, so they hold from when they are held: a clock that is set back takes none of them away. */
function held(health: readonly Override[], nowMs: number): Override[] {
  return health.map((override) => (override.startsAtMs > nowMs ? { ...override, startsAtMs: nowMs } : override));
}

/** A cluster from before a reset may know this director by another id: each is read with the id it was accepted under. */
export function effectiveTable({ accepted, overrides: orders, health }: Held, nowMs: number): ForwardingTable {
  const overrides = [...orders, ...held(health, nowMs)];
  const byKey = new Map<ServiceKey, ServiceRule>();
  for (const directorId of new Set(accepted.map((cluster) => cluster.directorId))) {
    const own = accepted.filter((cluster) => cluster.directorId === directorId);
    for (const { key, rule } of effective({ directorId, accepted: own, overrides, nowMs }).origins) {
      if (!byKey.has(key)) byKey.set(key, rule);
    }
  }
  return { services: [...byKey.values()] };
}
