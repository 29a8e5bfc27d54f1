// A rule that decided: a word that screens have a sentence for, the values in it, and since when it holds.
import { z } from 'zod';

const Params = z.record(z.string().max(40), z.union([z.string().max(500), z.number()]));

/**
 * What decided about one real server in one service. `check` in the values is the id of a check.
 * Of its checks: `first` and `before` (not decided yet: what the service says, or what it was before), `rose`, `fell`, `damped`, `braked`.
 * Of the service: `agentWeight`, `slowStart`, `sorry` (it is up, and the sorry server answers for it), `failOpen` (it is down, and used all the same),
 * `needed` (its changes are damped, and without it there would be too few).
 */
export const RuleCode = z.enum([
  'first', 'before', 'rose', 'fell', 'damped', 'braked', 'agentWeight', 'slowStart', 'sorry', 'failOpen', 'needed',
]);
export type RuleCode = z.infer<typeof RuleCode>;

export const HealthRule = z.strictObject({ code: RuleCode, params: Params, sinceMs: z.int().min(0) });
export type HealthRule = z.infer<typeof HealthRule>;

/** How a service stands: `usable` of `of` real servers are up and in the turn; `needed` must be. */
export const ServiceStateCode = z.enum(['allUp', 'someDown', 'notDecided', 'braked', 'belowGoOn', 'belowSorry', 'belowFailOpen']);
export type ServiceStateCode = z.infer<typeof ServiceStateCode>;

export const ServiceState = z.strictObject({ code: ServiceStateCode, params: Params, sinceMs: z.int().min(0) });
export type ServiceState = z.infer<typeof ServiceState>;

/** The same as before keeps its time. */
export function sinceThen<T extends { readonly code: string; readonly sinceMs: number }>(before: T | null, now: T): T {
  return before !== null && before.code === now.code ? { ...now, sinceMs: before.sinceMs } : now;
}
