// Slow start: how much of its full share a real server gets after it came back, in few steps.
import type { VirtualService } from '../../definition/definition.ts';
import type { SchedulerName } from '../../definition/scheduler.ts';

const MOST_STEPS = 10;
/** No step is shorter: each is an operation. */
const STEP_SECONDS = 2;

/** These choose who has least to do: the newcomer has nothing, and would get all that comes until it has as much as the others, whatever its weight. */
const LEAST_CONNECTIONS: ReadonlySet<SchedulerName> = new Set(['lc', 'wlc', 'lblc', 'lblcr', 'sed', 'nq']);
/** The share of these grows with the weight. To fo and ovf a weight is a rank, to rr, lc and dh it is nothing. */
const BY_WEIGHT: ReadonlySet<SchedulerName> = new Set(['wrr', 'wlc', 'lblc', 'lblcr', 'sed', 'nq', 'sh', 'mh']);

/** What slow start can turn in this service. */
export function slowStartMeans({ scheduler, onePacket, match }: Pick<VirtualService, 'scheduler' | 'onePacket' | 'match'>): { readonly weights: boolean; readonly thresholds: boolean } {
  // One-packet scheduling counts no connections.
  const countsConnections = !(onePacket && match.protocol === 'udp');
  return { weights: BY_WEIGHT.has(scheduler.name), thresholds: LEAST_CONNECTIONS.has(scheduler.name) && countsConnections };
}

export interface Step {
  readonly number: number;
  /** Of its full share, above 0 and below 1. */
  readonly share: number;
  readonly untilMs: number;
}

/** Null where it is over, or the clock was set back behind its beginning. Ten steps, of at least two seconds: 5 % of its share, 15 %, … 95 %. */
export function stepOf(cameBackMs: number | null, slowStartSeconds: number, nowMs: number): Step | null {
  if (cameBackMs === null || cameBackMs > nowMs || slowStartSeconds === 0) return null;
  const wholeMs = slowStartSeconds * 1_000;
  const steps = Math.max(1, Math.min(MOST_STEPS, Math.floor(slowStartSeconds / STEP_SECONDS)));
  const number = Math.floor((nowMs - cameBackMs) * steps / wholeMs);
  if (number >= steps) return null;
  return { number, share: (2 * number + 1) / (2 * steps), untilMs: cameBackMs + Math.ceil((number + 1) * wholeMs / steps) };
}

/** A part of a weight, rounded up: what is in the turn never falls out of it by rounding. */
export function partOf(weight: number, share: number): number {
  return weight === 0 || share === 0 ? 0 : Math.max(1, Math.ceil(weight * share - 1e-9));
}

export interface Loaded {
  readonly weight: number;
  /** Active and inactive, as thresholds count them; null: not known. */
  readonly connections: number | null;
}

/**
 * The upper threshold for a newcomer: its part of the connections that the others say it will have. Null where they have none, or nobody knows: then
 * the scheduler has nothing to make up for.
 */
export function upperFor(weight: number, share: number, others: readonly Loaded[], usesWeights: boolean): number | null {
  const known = others.flatMap((other) => (other.connections === null ? [] : [{ weight: usesWeights ? other.weight : 1, connections: other.connections }]));
  const weights = known.reduce((sum, other) => sum + other.weight, 0);
  const connections = known.reduce((sum, other) => sum + other.connections, 0);
  return weights === 0 || connections === 0 ? null : Math.max(1, Math.ceil(connections / weights * (usesWeights ? weight : 1) * share - 1e-9));
}
