// The plan for a director as a whole: rules of its forwarder and steps on its host, in one order.
import { z } from 'zod';
import { HostOperation, isHostOperation } from '../host/host.ts';
import type { HostPlan } from '../host/plan-host.ts';
import { digest } from '../json/canonical-text.ts';
import { MOST_OPERATIONS, Operation } from './operation.ts';
import { isAdoption, AdoptService } from './adopt/adopt-service.ts';

export const PlanOperation = z.discriminatedUnion('kind', [...Operation.options, ...HostOperation.options, AdoptService]);
export type PlanOperation = z.infer<typeof PlanOperation>;

export const PlanOperations = z.array(PlanOperation).max(MOST_OPERATIONS);

function last({ kind }: Operation): boolean {
  return kind === 'removeService';
}

/** Settings, rules that add or change, VIPs on, VIPs off, services off: a VIP comes after its services and goes before them. */
export function directorPlan(rules: readonly Operation[], { settings, added, removed }: HostPlan): PlanOperation[] {
  return [...settings, ...rules.filter((rule) => !last(rule)), ...added, ...removed, ...rules.filter(last)];
}

export function ruleOperations(operations: readonly PlanOperation[]): Operation[] {
  return operations.filter((operation) => !isHostOperation(operation) && !isAdoption(operation));
}

/** What a person reviewed and what an agent is about to do are the same plan exactly when their digests are equal. Counters are not in it. */
export function planDigest(operations: readonly PlanOperation[]): string {
  return digest(operations);
}
