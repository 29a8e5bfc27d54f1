// The brake: when much falls silent at the same time, it is the director's own network, and nothing is taken out.
import type { TryResult } from '../try.ts';
import { isSilent, wasAsked } from '../try.ts';

/** Fewer may well fail together: a power strip, a hypervisor. */
const LEAST_HOSTS = 3;

/** What a host (a RIP) was heard to say, over all that is asked of it. */
export interface Heard {
  /** When the last answer of any kind came; null: none did. */
  readonly answeredAtMs: number | null;
  /** Since no answer comes: when the first try without one began, and how long after the truth that may be. Null: the last thing heard was an answer. */
  readonly silence: Silence | null;
}

export interface Silence {
  readonly sinceMs: number;
  /** Interval and timeout of the try that found it. */
  readonly withinMs: number;
}

export const neverHeard: Heard = { answeredAtMs: null, silence: null };

export interface HeardTry {
  readonly startedAtMs: number;
  readonly heardAtMs: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly result: TryResult;
}

/** An answer of any kind (refused, reset, status 500) ends a silence; a silent try that began before the last answer came tells nothing. */
export function afterHearing(heard: Heard, { startedAtMs, heardAtMs, intervalMs, timeoutMs, result }: HeardTry): Heard {
  if (!wasAsked(result)) return heard;
  if (!isSilent(result)) return { answeredAtMs: heardAtMs, silence: null };
  if (heard.silence !== null || (heard.answeredAtMs !== null && startedAtMs < heard.answeredAtMs)) return heard;
  return { ...heard, silence: { sinceMs: startedAtMs, withinMs: intervalMs + timeoutMs } };
}

export interface SilentHost {
  readonly rip: string;
  /** Counts as up in some service, as decided last. */
  readonly isUp: boolean;
  readonly silence: Silence;
}

/** Of `good` hosts that were up, `silent` have fallen silent together; the first of them at `sinceMs`. */
export interface Braked {
  readonly sinceMs: number;
  readonly silent: number;
  readonly good: number;
}

interface Known extends Silence {
  /** It was up when it fell silent. */
  readonly wasUp: boolean;
  /** Hosts that were up at that time, itself included. */
  readonly good: number;
}

export interface Brake {
  /** Every host that is silent. */
  readonly silent: ReadonlyMap<string, Known>;
  /** Those of which nothing is taken out, by their RIP. */
  readonly held: ReadonlyMap<string, Braked>;
}

export const noBrake: Brake = { silent: new Map(), held: new Map() };

/** How many of the sorted times lie within a distance of one of them, and which is the first. */
function near(timesMs: readonly number[], { sinceMs, withinMs }: Silence): { readonly count: number; readonly firstMs: number } {
  const from = firstAt(timesMs, sinceMs - withinMs);
  return { count: firstAt(timesMs, sinceMs + withinMs + 1) - from, firstMs: timesMs[from] ?? sinceMs };
}

/** The place of the first time that is not before the given one. */
function firstAt(timesMs: readonly number[], timeMs: number): number {
  let [low, high] = [0, timesMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesMs[middle] ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isSame(known: Known | undefined, silence: Silence): known is Known {
  return known !== undefined && known.sinceMs === silence.sinceMs;
}

/**
 * Exactly: a host is silent from the start of the first try without an answer of any kind after its last answer. Two hosts fell silent together
 * where these starts lie no further apart than interval and timeout of the check that found the one that is judged. A silent host is held while at least
 * three hosts that were up have fallen silent together with it, itself among them, and those are at least half of all hosts that were up when it fell silent
 * (those that had fallen silent together with it shortly before included). What was down before stays down; a host that answers is out of it at once, and when
 * too few are left, those that are still silent are asked anew, and go down if they stay silent.
 * `upAndHeard`: how many hosts are up and not silent.
 */
export function brake(before: Brake, silentHosts: readonly SilentHost[], upAndHeard: number): Brake {
  if (silentHosts.length === 0) return noBrake;
  const wasUp = silentHosts.map(({ rip, isUp, silence }) => {
    const known = before.silent.get(rip);
    return isSame(known, silence) ? known.wasUp : isUp;
  });
  const timesMs = silentHosts.flatMap(({ silence }, i) => (wasUp[i] === true ? [silence.sinceMs] : [])).toSorted((a, b) => a - b);
  const silent = new Map<string, Known>();
  const held = new Map<string, Braked>();
  for (const [i, { rip, silence }] of silentHosts.entries()) {
    const { count, firstMs } = near(timesMs, silence);
    const known = before.silent.get(rip);
    const now = isSame(known, silence) ? known : { ...silence, wasUp: wasUp[i] === true, good: upAndHeard + count };
    silent.set(rip, now);
    if (now.wasUp && count >= LEAST_HOSTS && count * 2 >= now.good) held.set(rip, { sinceMs: firstMs, silent: count, good: Math.max(now.good, count) });
  }
  return { silent, held };
}
