// What is done about one real server, and by which rule.
import type { ServiceHealth } from '../../definition/health/service-health.ts';
import { sorryOf } from '../../effective/sorry.ts';
import type { Override } from '../../effective/override.ts';
import type { HealthRule } from '../rule.ts';
import type { DecideInput } from './input.ts';
import type { Quorum } from './quorum.ts';
import type { RampNow } from './ramps.ts';
import { partOf } from './slow-start.ts';
import { isSpare } from './standings.ts';
import type { RealServerStanding } from './standings.ts';

type Effect = Override['effect'];

export interface Ruling {
  readonly rule: HealthRule;
  readonly cause: 'health' | 'slowStart';
  /** Null: it is left as definition and people have it. */
  readonly effect: Effect | null;
}

export type Way = 'asChecked' | 'sorry' | 'failOpen';

/** Where there is no sorry server to answer, those that are up go on. */
export function wayOf({ isBelow }: Quorum, { service, health }: DecideInput): Way {
  if (!isBelow || health.belowQuorum === 'goOn') return 'asChecked';
  if (health.belowQuorum === 'failOpen') return 'failOpen';
  return sorryOf(service) === null ? 'asChecked' : 'sorry';
}

/** What people removed by hand is not brought back to be given weight 0. */
function out({ order }: RealServerStanding, how: ServiceHealth['whenDown']): Effect {
  return how === 'remove' || order?.effect.kind === 'remove' ? { kind: 'remove' } : { kind: 'weight', weight: 0 };
}

function checksRule({ verdict, isUp }: RealServerStanding, nowMs: number): HealthRule {
  return verdict?.rule ?? { code: 'first', params: { as: isUp ? 'up' : 'down' }, sinceMs: nowMs };
}

/** Up: its weight, as much of it as it asks for, and no more than a slow start gives it. */
function inTurn(standing: RealServerStanding, ramp: RampNow | undefined, nowMs: number): Ruling {
  const { weight, percent, order } = standing;
  const given = partOf(ramp?.weight ?? weight, (percent ?? 100) / 100);
  const upper = ramp?.upper ?? null;
  const effect: Effect = { kind: 'weight', weight: given, ...(upper !== null && { upper }) };
  if (percent !== null && percent < 100 && weight > 0) return { rule: { code: 'agentWeight', params: { percent, weight: given }, sinceMs: nowMs }, cause: 'health', effect };
  if (ramp === undefined || order !== null || (given === weight && upper === null)) return { rule: checksRule(standing, nowMs), cause: 'health', effect: null };
  const params = { weight: given, percent: Math.round(ramp.share * 100), ...(upper !== null && { upper }) };
  return { rule: { code: 'slowStart', params, sinceMs: ramp.cameBackMs }, cause: 'slowStart', effect };
}

export function rulingOn(standing: RealServerStanding, way: Way, { sparesNeeded }: Quorum, ramp: RampNow | undefined, { health, nowMs }: DecideInput): Ruling {
  const rule = checksRule(standing, nowMs);
  const { isUp } = standing;
  const by = (code: HealthRule['code'], effect: Effect | null): Ruling => ({ rule: { code, params: {}, sinceMs: nowMs }, cause: 'health', effect });
  switch (way) {
    case 'failOpen': return isUp ? { rule, cause: 'health', effect: null } : by('failOpen', null);
    case 'sorry': return isUp ? by('sorry', out(standing, 'weightZero')) : { rule, cause: 'health', effect: out(standing, health.whenDown) };
    case 'asChecked':
      if (isUp) return inTurn(standing, ramp, nowMs);
      return sparesNeeded && isSpare(standing) ? by('needed', null) : { rule, cause: 'health', effect: out(standing, health.whenDown) };
  }
}
