// How long a service takes to notice, by the settings of its checks alone.
import type { HealthCheck } from '../definition/health/service-health.ts';

export interface Span {
  readonly leastMs: number;
  readonly mostMs: number;
}

export interface ReactionTime {
  /** From the moment that a real server answers nothing any more until it is down. */
  readonly silent: Span;
  /** From the moment that it refuses each try at once. */
  readonly refusing: Span;
  /** From the moment that it answers every check again until it is up. */
  readonly back: Span;
}

type Settings = Pick<HealthCheck, 'intervalMs' | 'changingIntervalMs' | 'timeoutMs' | 'rise' | 'fall'>;

/** One failed check is enough to be down; to be up all must be good. Null without a check, or while a number of one is none. */
export function reactionTime(checks: readonly Settings[]): ReactionTime | null {
  if (checks.length === 0 || !checks.every(isWhole)) return null;
  return {
    silent: fastest(checks.map((check) => spanOf(check, check.fall, check.timeoutMs))),
    refusing: fastest(checks.map((check) => spanOf(check, check.fall, 0))),
    back: slowest(checks.map((check) => spanOf(check, check.rise, 0))),
  };
}

function isWhole({ intervalMs, changingIntervalMs, timeoutMs, rise, fall }: Settings): boolean {
  return [intervalMs, changingIntervalMs ?? intervalMs, timeoutMs, rise, fall].every((number) => Number.isFinite(number) && number > 0);
}

/**
 * At best it happens just before a try, at worst just after one. From the first try that says so the next ones come at the changing interval, and none begins before
 * the one before it has ended.
 */
function spanOf({ intervalMs, changingIntervalMs, timeoutMs }: Settings, tries: number, tryMs: number): Span {
  const between = Math.max(changingIntervalMs ?? intervalMs, tryMs);
  const leastMs = (tries - 1) * between + tryMs;
  // A try that was good just before took up to its timeout.
  return { leastMs, mostMs: leastMs + Math.max(intervalMs, timeoutMs) };
}

function fastest(spans: readonly Span[]): Span {
  return { leastMs: Math.min(...spans.map(({ leastMs }) => leastMs)), mostMs: Math.min(...spans.map(({ mostMs }) => mostMs)) };
}

function slowest(spans: readonly Span[]): Span {
  return { leastMs: Math.max(...spans.map(({ leastMs }) => leastMs)), mostMs: Math.max(...spans.map(({ mostMs }) => mostMs)) };
}
