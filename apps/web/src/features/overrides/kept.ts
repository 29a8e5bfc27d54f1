// Whether the weight of an override was made a revision that its directors have not accepted yet. Pure.
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import type { OverrideRow } from './standing.ts';

export interface KeptUnapplied {
  readonly realServer: string;
  readonly weight: number;
  /** What the weight returns to. */
  readonly accepted: number;
}

export function keptUnapplied({ definition }: Pick<ClusterView['head'], 'definition'>, { override, definedWeight }: Pick<OverrideRow, 'override' | 'definedWeight'>): KeptUnapplied | null {
  const { target, effect } = override;
  if (effect.kind !== 'weight' || definedWeight === null || definedWeight === effect.weight) return null;
  const realServer = definition.services.find(({ id }) => id === target.serviceId)?.realServers.find(({ id }) => id === target.realServerId);
  return realServer?.weight === effect.weight ? { realServer: realServer.name, weight: effect.weight, accepted: definedWeight } : null;
}
