// What became of an operation, and of an apply as a whole.
import { z } from 'zod';
import { Cost } from './cost/cost.ts';
import { PlanOperation, PlanOperations } from './director-plan.ts';
import { MOST_OPERATIONS } from './operation.ts';

export const FaultCode = z.enum([
  'addressInUse', 'addressNotAvailable', 'permissionDenied', 'alreadyExists', 'notFound', 'unsupported', 'limitReached', 'unexpected',
]);
export type FaultCode = z.infer<typeof FaultCode>;

/** Why a forwarder refused one operation: in words, with the system's own code where it gave one. */
export const Fault = z.strictObject({
  code: FaultCode,
  message: z.string().min(1).max(1_000),
  errno: z.string().max(32).nullable(),
});
export type Fault = z.infer<typeof Fault>;

/** Why an operation was not tried. */
export const Untried = z.enum([
  /** One before it failed, and all is rolled back. */
  'failureBefore',
  /** It would take from a service what an addition that was refused was to replace. */
  'additionRefused',
  /** Somebody else has added the service since the plan was made. */
  'foreignService',
  /** One before it was not answered. */
  'noAnswer',
]);
export type Untried = z.infer<typeof Untried>;

export const OperationResult = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('done') }),
  z.strictObject({ status: z.literal('failed'), fault: Fault }),
  /** Not tried. Agents of version 1 do not say why. */
  z.strictObject({ status: z.literal('skipped'), why: Untried.nullable().default(null) }),
]);
export type OperationResult = z.infer<typeof OperationResult>;

export function notTried(why: Untried): OperationResult {
  return { status: 'skipped', why };
}

/** The system did not say whether it was done: whatever else it were asked in the same apply, it would wait for as long. */
export function isUnanswered(result: OperationResult | undefined): boolean {
  if (result?.status === 'failed') return result.fault.errno === 'ETIMEDOUT';
  return result?.status === 'skipped' && result.why === 'noAnswer';
}

export const Step = z.strictObject({ operation: PlanOperation, cost: Cost, result: OperationResult });
export type Step = z.infer<typeof Step>;

export const Steps = z.array(Step).max(MOST_OPERATIONS);

/** `remaining` is what was read back and still differs: empty exactly when the director forwards what it should. */
export const ApplyOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('applied') }),
  z.strictObject({ kind: z.literal('partlyApplied'), remaining: PlanOperations }),
  z.strictObject({ kind: z.literal('rolledBack'), undone: Steps }),
  z.strictObject({ kind: z.literal('rollbackFailed'), undone: Steps, remaining: PlanOperations }),
  /** The agent ended in mid-apply; after its start it finished what it had accepted. */
  z.strictObject({ kind: z.literal('finishedAtRestart'), remaining: PlanOperations }),
  /** The agent ended before it had accepted the change: nothing was done, and what was accepted before still is. */
  z.strictObject({ kind: z.literal('neverBegun') }),
]);
export type ApplyOutcome = z.infer<typeof ApplyOutcome>;

/** On the first failure: undo what was done, or go on with the rest. */
export const OnFailure = z.enum(['rollBack', 'goOn']);
export type OnFailure = z.infer<typeof OnFailure>;
