// What is held of one check of one real server, from one try to the next.
import type { HealthCheck } from '../../definition/health/service-health.ts';
import { wasAsked } from '../try.ts';
import type { TryFailure, TryResult } from '../try.ts';

export type Standing = 'unknown' | 'up' | 'down';

export interface CheckState {
  readonly checkId: string;
  readonly standing: Standing;
  readonly sinceMs: number;
  /** Tries in a row. */
  readonly good: number;
  readonly failed: number;
  /** When the first of the good tries in a row was heard. */
  readonly goodSinceMs: number | null;
  /** What the last good try said. */
  readonly weightPercent: number | null;
  /** Why the last try failed. */
  readonly failure: TryFailure | null;
}

export function startCheck(checkId: string, nowMs: number): CheckState {
  return { checkId, standing: 'unknown', sinceMs: nowMs, good: 0, failed: 0, goodSinceMs: null, weightPercent: null, failure: null };
}

/** A try that was not asked, for a reason on the director, decides nothing: neither does it break a row. */
export function afterTry(state: CheckState, { rise, fall }: Pick<HealthCheck, 'rise' | 'fall'>, result: TryResult, heardAtMs: number): CheckState {
  if (!wasAsked(result)) return state;
  const counted = result.kind === 'good'
    ? { ...state, good: state.good + 1, failed: 0, goodSinceMs: state.goodSinceMs ?? heardAtMs, weightPercent: result.weightPercent, failure: null }
    : { ...state, good: 0, failed: state.failed + 1, goodSinceMs: null, failure: result.failure };
  const standing = counted.good >= rise ? 'up' : counted.failed >= fall ? 'down' : state.standing;
  return standing === state.standing ? counted : { ...counted, standing, sinceMs: heardAtMs };
}

/** The last tries do not agree with what is held: it is asked more often until they do. */
export function isChanging({ standing, good, failed }: CheckState): boolean {
  return standing === 'unknown' || (standing === 'up' ? failed > 0 : good > 0);
}
