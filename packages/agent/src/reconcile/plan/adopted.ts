// Services of others that a change takes over, and their way back: only a person's order adopts one, and what undoes it leaves it as it was found.
import { isAdoption, isHostOperation, plan, serviceKey } from '@weir/model';
import type { PlanOperation, ServiceKey, ServiceRule } from '@weir/model';
import { only, planDirector } from './director-plan.ts';
import type { Reading, Scope } from './director-plan.ts';
import type { Held } from './effective-table.ts';

export function foundIn(operations: readonly PlanOperation[]): ServiceRule[] {
  return operations.filter(isAdoption).map(({ found }) => found);
}

export function foundKeys(found: readonly ServiceRule[]): ServiceKey[] {
  return found.map(({ address }) => serviceKey(address));
}

/** Without what is about services that others made: the agent takes none over by itself. */
export function withoutAdopted(operations: readonly PlanOperation[]): PlanOperation[] {
  return withoutServices(operations, new Set(foundKeys(foundIn(operations))));
}

export interface BackTo {
  readonly nowMs: number;
  readonly scope: Scope;
  /** Taken over by the change that is undone, and left to others again. */
  readonly found: readonly ServiceRule[];
}

/**
 * The plan to what was held before: of what was taken over, that it is as it was found; where it is gone it stays so.
 * What others put meanwhile where something of Weir's is to be again is in it, and for a person to take over.
 */
export function planBack(held: Held, reading: Reading, { nowMs, scope, found }: BackTo): PlanOperation[] {
  const keys = new Set(foundKeys(found));
  const there = only(reading.actual, keys).services.map((service) => ({ ...service, foreign: false }));
  const present = new Set(there.map(({ address }) => serviceKey(address)));
  const restored = plan({ services: found.filter(({ address }) => present.has(serviceKey(address))) }, { services: there, others: reading.actual.others });
  return [...restored, ...withoutServices(planDirector(held, reading, nowMs, scope), keys)];
}

function withoutServices(operations: readonly PlanOperation[], keys: ReadonlySet<ServiceKey>): PlanOperation[] {
  return operations.filter((operation) => isHostOperation(operation) || !keys.has(serviceKey(operation.service)));
}
