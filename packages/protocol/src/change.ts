// Planning and applying a change on one director.
import { ApplyOutcome, Cost, Id, OnFailure, PlanOperation, Steps, Touched } from '@weir/model';
import { z } from 'zod';
import { Confirmation, ConfirmWithinMs } from './confirm.ts';
import { Findings, PlanInput } from './director.ts';

export const PlanDigest = z.string().regex(/^[0-9a-f]{64}$/);

/** `replaces` is the revision of this cluster that the director has accepted now; null where it has none. */
export const PlanOutput = z.strictObject({
  replaces: z.int().min(1).nullable(),
  operations: z.array(z.strictObject({ operation: PlanOperation, cost: Cost })).max(200_000),
  digest: PlanDigest,
  /** What this director's driver cannot do: an error among them refuses the apply. */
  findings: Findings,
  /** Null from an agent of version 1, and in what was stored of one. */
  touched: Touched.nullable().default(null),
  readAtMs: z.int().min(0),
});
export type PlanOutput = z.infer<typeof PlanOutput>;

export const ApplyInput = PlanInput.extend({
  applyId: Id,
  replaces: z.int().min(1).nullable(),
  digest: PlanDigest,
  onFailure: OnFailure,
  /** From the moment that the director begins; without it nobody needs to confirm. */
  confirmWithinMs: ConfirmWithinMs.optional(),
});
export type ApplyInput = z.infer<typeof ApplyInput>;

export const ApplyReport = z.strictObject({
  applyId: Id,
  clusterId: Id,
  revision: z.int().min(1),
  steps: Steps,
  outcome: ApplyOutcome,
  /** The revision that the director holds after this; null where it holds none. */
  accepted: z.int().min(1).nullable(),
  startedAtMs: z.int().min(0),
  finishedAtMs: z.int().min(0),
});
export type ApplyReport = z.infer<typeof ApplyReport>;

/** `refused`: nothing was changed; the new plan (and with it the revision now accepted) is for a person to review. */
export const ApplyOutput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('report'), report: ApplyReport }),
  z.strictObject({ kind: z.literal('refused'), why: z.enum(['planChanged', 'replacesOther', 'unsupported']), plan: PlanOutput }),
]);
export type ApplyOutput = z.infer<typeof ApplyOutput>;

/** What became of an apply that the panel lost sight of; `running` while it is under way, `unknown` where the agent never saw it. */
export const ApplyStatusInput = z.strictObject({ applyId: Id });
export const ApplyStatus = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('running') }),
  z.strictObject({ kind: z.literal('report'), report: ApplyReport, confirmation: Confirmation.nullable() }),
  z.strictObject({ kind: z.literal('unknown') }),
]);
export type ApplyStatus = z.infer<typeof ApplyStatus>;
