// Services that a drain leaves without a real server that takes new connections on one director, and what becomes of new ones then. Pure.
import type { VirtualService } from '../definition/definition.ts';
import { effective } from '../effective/effective.ts';
import type { EffectiveInput, EffectiveRealServer } from '../effective/effective.ts';
import { isPeoples } from '../health/decide/standings.ts';
import type { DrainTarget } from './drain.ts';

export interface LeftWithNone {
  readonly serviceId: string;
  readonly service: string;
  readonly realServers: number;
  /** How many of them take new connections before it: by their weight and every cause that changes it. */
  readonly taking: number;
  /** `sorry`: its sorry server answers. `failOpen`: those that health took out are used all the same. */
  readonly outcome: 'refused' | 'sorry' | 'failOpen';
}

function takes({ rule }: EffectiveRealServer): boolean {
  return rule !== null && rule.settings.weight > 0;
}

/** People took out what is drained: below its quorum a service uses only what they left in. */
function outcomeOf({ health }: VirtualService, isLeftIn: boolean): LeftWithNone['outcome'] {
  if (health?.belowQuorum === 'sorry' && health.sorry !== null) return 'sorry';
  return health?.belowQuorum === 'failOpen' && isLeftIn ? 'failOpen' : 'refused';
}

/** `input`: what one director accepted, with all overrides that it holds. `coming`: of drains that are ordered already, and not among these yet. */
export function leftWithNone(targets: readonly DrainTarget[], input: EffectiveInput, coming: readonly DrainTarget[] = []): LeftWithNone[] {
  const drained = new Set([...targets, ...coming].map(({ clusterId, serviceId, realServerId }) => `${clusterId}/${serviceId}/${realServerId}`));
  const concerned = new Set(targets.map(({ clusterId, serviceId }) => `${clusterId}/${serviceId}`));
  const byPeople = new Map(effective({ ...input, overrides: input.overrides.filter(isPeoples) }).origins.map((origin) => [origin.key, origin]));
  return effective(input).origins.flatMap(({ clusterId, key, defined, realServers }): LeftWithNone[] => {
    if (!concerned.has(`${clusterId}/${defined.id}`)) return [];
    const stays = ({ defined: { id } }: EffectiveRealServer): boolean => !drained.has(`${clusterId}/${defined.id}/${id}`);
    const taking = realServers.filter(takes);
    if (taking.some(stays)) return [];
    const isLeftIn = byPeople.get(key)?.realServers.some((one) => stays(one) && takes(one)) ?? false;
    return [{ serviceId: defined.id, service: defined.name, realServers: realServers.length, taking: taking.length, outcome: outcomeOf(defined, isLeftIn) }];
  });
}
