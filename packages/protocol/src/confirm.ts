// Confirm or revert: a change that is not confirmed in time is taken back by the director itself.
import { Id, PlanOperation, Step } from '@weir/model';
import { z } from 'zod';

/** What a person may give. A director that takes its turn later gets what is left of that. */
export const CONFIRM_WITHIN_MIN_MS = 30_000;
export const CONFIRM_WITHIN_MAX_MS = 3_600_000;

export const ConfirmWithinMs = z.int().min(1_000).max(CONFIRM_WITHIN_MAX_MS);

const timeMs = z.int().min(0);
const revision = z.int().min(1);

/** A change that the director takes back at `deadlineMs` of its own clock, to the revision `base` or, where that is null, to not having the cluster. */
export const UnconfirmedChange = z.strictObject({
  applyId: Id,
  clusterId: Id,
  revision,
  base: revision.nullable(),
  deadlineMs: timeMs,
  /** It is being taken back, or what was refused of that is tried again. */
  goingBack: z.boolean(),
});
export type UnconfirmedChange = z.infer<typeof UnconfirmedChange>;

/** Of going back the first operations are named, and all are counted. */
export const WENT_BACK_SHOWN_MAX = 1_000;

/** `remaining` still differs from the base; with none of it the director is back. */
export const WentBack = z.strictObject({
  kind: z.literal('wentBack'),
  why: z.enum(['notConfirmed', 'ordered']),
  base: revision.nullable(),
  steps: z.array(Step).max(WENT_BACK_SHOWN_MAX),
  stepCount: z.int().min(0),
  remaining: z.array(PlanOperation).max(WENT_BACK_SHOWN_MAX),
  remainingCount: z.int().min(0),
  startedAtMs: timeMs,
  finishedAtMs: timeMs,
});
export type WentBack = z.infer<typeof WentBack>;

export const Confirmation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting'), deadlineMs: timeMs, goingBack: z.boolean() }),
  z.strictObject({ kind: z.literal('confirmed'), atMs: timeMs }),
  WentBack,
]);
export type Confirmation = z.infer<typeof Confirmation>;

/** For `confirm` and `goBack`. */
export const ConfirmInput = z.strictObject({ applyId: Id });
export type ConfirmInput = z.infer<typeof ConfirmInput>;

/** What holds after the order, whoever came first; null where the director knows of no such change, or no more. */
export const ConfirmAnswer = z.strictObject({ confirmation: Confirmation.nullable() });
export type ConfirmAnswer = z.infer<typeof ConfirmAnswer>;
