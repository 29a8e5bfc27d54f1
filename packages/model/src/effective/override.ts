// Overrides: what changes weights or membership without a revision, and the one rule of precedence.
import { z } from 'zod';
import { Thresholds, Weight } from '../definition/definition.ts';
import { Id, line, Reason } from '../definition/text.ts';

/** Strongest first: of several causes that hold at once, the first in this list decides. */
export const OverrideCause = z.enum(['maintenance', 'drain', 'health', 'manual', 'slowStart']);
export type OverrideCause = z.infer<typeof OverrideCause>;

export const Override = z.strictObject({
  id: Id,
  target: z.strictObject({ clusterId: Id, serviceId: Id, realServerId: Id }),
  cause: OverrideCause,
  effect: z.discriminatedUnion('kind', [
    /** `upper`: the upper threshold while it holds; left out, as defined. Slow start alone sets one. */
    z.strictObject({ kind: z.literal('weight'), weight: Weight, upper: Thresholds.shape.upper.min(1).optional() }),
    z.strictObject({ kind: z.literal('remove') }),
  ]),
  author: line(200),
  reason: Reason,
  startsAtMs: z.int().min(0),
  /** null: until somebody ends it. */
  endsAtMs: z.int().min(0).nullable(),
});
export type Override = z.infer<typeof Override>;

function holdsAt(override: Override, nowMs: number): boolean {
  return override.startsAtMs <= nowMs && (override.endsAtMs === null || nowMs < override.endsAtMs);
}

function stronger(a: Override, b: Override): Override {
  const rank = OverrideCause.options.indexOf(a.cause) - OverrideCause.options.indexOf(b.cause);
  if (rank !== 0) return rank < 0 ? a : b;
  if (a.startsAtMs !== b.startsAtMs) return a.startsAtMs > b.startsAtMs ? a : b;
  return a.id > b.id ? a : b;
}

/** The override that decides at `nowMs`: the strongest cause, within one cause the latest. Null where none holds. */
export function deciding(overrides: readonly Override[], nowMs: number): Override | null {
  return overrides
    .filter((override) => holdsAt(override, nowMs))
    .reduce<Override | null>((best, next) => (best === null ? next : stronger(best, next)), null);
}

/** When the deciding override may next change, or null: overrides that begin or end after `nowMs`. */
export function nextChangeMs(overrides: readonly Override[], nowMs: number): number | null {
  const times = overrides
    .flatMap((override) => [override.startsAtMs, override.endsAtMs])
    .filter((time): time is number => time !== null && time > nowMs);
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}
