// The quorum of a service: how many real servers must be usable, and whether they are.
import type { ServiceHealth } from '../../definition/health/service-health.ts';
import { isSpare, isUsable } from './standings.ts';
import type { RealServerStanding } from './standings.ts';

export interface Quorum {
  readonly usable: number;
  readonly needed: number;
  readonly isBelow: boolean;
  /** Those whose changes are damped are used: without them there are too few. */
  readonly sparesNeeded: boolean;
}

/**
 * What people took out is not asked for: a drain brings no quorum down while all others are up. Once below, so many more must be up as the
 * hysteresis says, at most all that people left in.
 */
export function quorumOf(standings: readonly RealServerStanding[], { quorum }: ServiceHealth, wasBelow: boolean): Quorum {
  const leftIn = standings.filter(({ weight }) => weight > 0).length;
  const least = Math.max(1, Math.min(quorum.up, leftIn));
  const needed = wasBelow ? Math.max(least, Math.min(quorum.up + quorum.hysteresis, leftIn)) : least;
  const without = standings.filter(isUsable).length;
  const sparesNeeded = without < least && standings.some(isSpare);
  const usable = sparesNeeded ? without + standings.filter((standing) => !isUsable(standing) && isSpare(standing)).length : without;
  return { usable, needed, isBelow: usable < needed, sparesNeeded };
}
