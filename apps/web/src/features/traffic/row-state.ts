// What a service or a real server does now, by the weights that its forwarders have and what its checks say.
import type { Status } from '@weir/ui';
import type { LiveRealServer, LiveService } from '../../live/topic.ts';
import { healthGlyphs, worstHealth } from '../health/state/worst-health.ts';

export type RealServerState = 'takes' | 'down' | 'drains' | 'out' | 'unknown';
export const realServerGlyphs: Record<RealServerState, Status> = { takes: 'up', down: 'down', drains: 'draining', out: 'plain', unknown: 'unknown' };

/** Weight 0 takes no new connections: it is down where its checks say so, else it drains while it has some. */
export function realServerState({ weight, weights, figures, health }: Pick<LiveRealServer, 'weight' | 'weights' | 'figures' | 'health'>): RealServerState {
  if (weight === null ? weights.some((each) => each.weight > 0) : weight > 0) return 'takes';
  const worst = worstHealth(health);
  if (worst !== null && healthGlyphs[worst.state] === 'down') return 'down';
  if (weight === null && weights.length === 0) return 'unknown';
  return figures.active === 0 ? 'out' : 'drains';
}

export type ServiceState = 'takes' | 'takesNone' | 'empty' | 'silent' | 'unknown';
export const serviceGlyphs: Record<ServiceState, Status> = { takes: 'up', takesNone: 'down', empty: 'degraded', silent: 'stale', unknown: 'unknown' };

/** Whether it takes new connections: it has real servers, and one of them a weight. `silent`: none of its directors says. */
export function serviceState({ directors, takesNoneOn, realServerCount }: Pick<LiveService, 'directors' | 'takesNoneOn' | 'realServerCount'>, silent: boolean): ServiceState {
  if (directors.length === 0) return 'unknown';
  if (silent) return 'silent';
  if (takesNoneOn.length > 0) return 'takesNone';
  return realServerCount === 0 ? 'empty' : 'takes';
}
