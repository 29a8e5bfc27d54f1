// A drain: real servers that get no new connections until those they have are over, with what was ordered and what has come of it.
import { z } from 'zod';
import { Override } from '../effective/override.ts';
import { line, Reason } from '../definition/text.ts';

export const DRAIN_TARGETS_MAX = 200;
/** On one director. */
export const DRAINS_MAX = 100;

/** Its overrides are named after it, so that it is shorter than an id may be. */
export const DrainId = z.string().regex(/^[A-Za-z0-9_-]{1,56}$/);

const timeMs = z.int().min(0);

/** What happens to who is still connected at the deadline: they are waited for, or the real server is taken out of the forwarder. */
export const AtDeadline = z.enum(['wait', 'remove']);
export type AtDeadline = z.infer<typeof AtDeadline>;

export const Drain = z.strictObject({
  id: DrainId,
  /** One real server of one service, or a host in all its services. */
  targets: z.array(Override.shape.target).min(1).max(DRAIN_TARGETS_MAX),
  author: line(200),
  reason: Reason,
  startedAtMs: timeMs,
  deadlineMs: timeMs.nullable(),
  atDeadline: AtDeadline,
}).refine(({ startedAtMs, deadlineMs }) => deadlineMs === null || deadlineMs > startedAtMs, { path: ['deadlineMs'], error: 'not after the start' });
export type Drain = z.infer<typeof Drain>;
export type DrainTarget = Drain['targets'][number];

/** What was seen in the forwarder when it was over. */
export const DrainEvidence = z.strictObject({
  /** `removed`: it was taken out with connections left. */
  how: z.enum(['empty', 'removed']),
  /** When weight 0, or that it is gone, was first read back of every target. */
  weightZeroAtMs: timeMs,
  /** The first and the last of the readings in a row that showed nothing. */
  zeroSinceMs: timeMs,
  atMs: timeMs,
  readings: z.int().min(2),
});
export type DrainEvidence = z.infer<typeof DrainEvidence>;

/** `removing`: the deadline is over and the forwarder was told to take it out. `undone`: its overrides have ended, whoever ended them. */
export const DrainPhase = z.enum(['draining', 'removing', 'done', 'undone']);
export type DrainPhase = z.infer<typeof DrainPhase>;

/** When it would be over if all fell silent at `measuredAtMs`. */
export const DrainEstimate = z.strictObject({ doneAtMs: timeMs, measuredAtMs: timeMs });
export type DrainEstimate = z.infer<typeof DrainEstimate>;

/** A drain as one director has it. */
export const DrainState = z.strictObject({
  drain: Drain,
  phase: DrainPhase,
  /** When this phase began. */
  sinceMs: timeMs,
  /** Null until it is done; what was seen stays when it is undone. */
  evidence: DrainEvidence.nullable(),
  /** Null: not known. */
  estimate: DrainEstimate.nullable(),
});
export type DrainState = z.infer<typeof DrainState>;

/** Neither done nor undone: connections are still counted. */
export function isOpen({ phase }: Pick<DrainState, 'phase'>): boolean {
  return phase === 'draining' || phase === 'removing';
}

/** Past its deadline, and ordered to wait on. */
export function isLate({ drain, phase }: DrainState, nowMs: number): boolean {
  return phase === 'draining' && drain.atDeadline === 'wait' && drain.deadlineMs !== null && drain.deadlineMs <= nowMs;
}

export function overrideIdsOf({ id, targets }: Pick<Drain, 'id' | 'targets'>): string[] {
  return targets.map((_, index) => `${id}-${index}`);
}

/** Also of a drain of which nothing else is known. */
export function isOverrideOf(drainId: string, { id, cause }: Pick<Override, 'id' | 'cause'>): boolean {
  return cause === 'drain' && id.startsWith(`${drainId}-`) && /^\d+$/.test(id.slice(drainId.length + 1));
}

/** What brings it about: weight 0 or, from the deadline on, that it is gone. */
export function drainOverrides({ id, targets, author, reason, startedAtMs }: Drain, effect: 'quiesce' | 'remove'): Override[] {
  const ids = overrideIdsOf({ id, targets });
  return targets.map((target, index) => ({
    id: ids[index] ?? id, target, cause: 'drain', effect: effect === 'remove' ? { kind: 'remove' } : { kind: 'weight', weight: 0 },
    author, reason, startsAtMs: startedAtMs, endsAtMs: null,
  }));
}
