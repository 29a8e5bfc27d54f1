// Whose a difference is: that of the cluster which has its service or its VIP. Pure.
import { addressOf, serviceKey, vipsOf } from '@weir/model';
import type { ClusterDefinition, PlanOperation } from '@weir/model';

export interface HeldDefinition {
  readonly clusterId: string;
  readonly definition: ClusterDefinition;
}

/** Null for what no held cluster has, and for settings of the host: those are for all of them. */
export function clusterOf(operation: PlanOperation, held: readonly HeldDefinition[]): string | null {
  if (operation.kind === 'setHostSetting') return null;
  const has = operation.kind === 'addVip' || operation.kind === 'removeVip'
    ? ({ vips, services }: ClusterDefinition): boolean => (
      vips.some(({ address }) => address === operation.vip) || services.some(({ match }) => vipsOf(match).includes(operation.vip)))
    : ({ services }: ClusterDefinition): boolean => services.some(({ match }) => serviceKey(addressOf(match)) === serviceKey(operation.service));
  return held.find(({ definition }) => has(definition))?.clusterId ?? null;
}
