// A person's order turned into overrides, one for each real server concerned. Pure.
import type { ClusterDefinition, Override } from '@weir/model';
import type { CauseByHand } from './override-view.ts';

/** One real server of one service, every one of a service, or every one on this host (RIP). */
export type OrderTarget =
  | { readonly kind: 'realServer'; readonly serviceId: string; readonly realServerId: string }
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'host'; readonly rip: string };

export type OrderEffect =
  | { readonly kind: 'weight'; readonly weight: number }
  | { readonly kind: 'quiesce' }
  | { readonly kind: 'maintenance' };

export interface OverrideOrder {
  readonly clusterId: string;
  readonly target: OrderTarget;
  readonly effect: OrderEffect;
  readonly reason: string;
  readonly endsAtMs: number | null;
}

export type Target = Override['target'];

const causes: Record<OrderEffect['kind'], CauseByHand> = { weight: 'manual', quiesce: 'drain', maintenance: 'maintenance' };
const authorMax = 200;

export function isByHand({ cause }: Override): boolean {
  return Object.values<Override['cause']>(causes).includes(cause);
}

export function targetsIn({ services }: ClusterDefinition, { clusterId, target }: Pick<OverrideOrder, 'clusterId' | 'target'>): Target[] {
  return services.flatMap((service) => service.realServers
    .filter((server) => {
      if (target.kind === 'host') return server.rip === target.rip;
      return service.id === target.serviceId && (target.kind === 'service' || server.id === target.realServerId);
    })
    .map((server) => ({ clusterId, serviceId: service.id, realServerId: server.id })));
}

export function overrideOf(order: OverrideOrder, given: { readonly id: string; readonly target: Target; readonly author: string; readonly nowMs: number }): Override {
  const { effect, reason, endsAtMs } = order;
  return {
    id: given.id, target: given.target, cause: causes[effect.kind],
    effect: { kind: 'weight', weight: effect.kind === 'weight' ? effect.weight : 0 },
    author: given.author.slice(0, authorMax), reason, startsAtMs: given.nowMs, endsAtMs,
  };
}

export function defines({ services }: ClusterDefinition, { serviceId, realServerId }: Target): boolean {
  return services.some((service) => service.id === serviceId && service.realServers.some(({ id }) => id === realServerId));
}

export function sameTarget(a: Target, b: Target): boolean {
  return a.clusterId === b.clusterId && a.serviceId === b.serviceId && a.realServerId === b.realServerId;
}

/** A newer one by hand takes the place of the earlier ones of its cause; those of other causes wait behind it or stand before it. */
export function supersededBy(override: Override, held: readonly Override[]): Override[] {
  return held.filter(({ id, cause, target }) => id !== override.id && cause === override.cause && sameTarget(target, override.target));
}
