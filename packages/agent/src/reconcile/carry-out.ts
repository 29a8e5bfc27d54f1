// Carrying out a planned change: apply, read back, and where it must, undo.
import { costsOf, notTried } from '@weir/model';
import type { ActualTable, ApplyOutcome, OnFailure, OperationResult, PlanOperation, Step } from '@weir/model';
import { foundIn, foundKeys, planBack, withoutAdopted } from './plan/adopted.ts';
import { planDirector } from './plan/director-plan.ts';
import type { Reading, Scope } from './plan/director-plan.ts';
import type { Held } from './plan/effective-table.ts';
import { readBack, StoppedError } from './ground.ts';
import type { Ground } from './ground.ts';
import { perform } from './perform.ts';

export interface PlannedChange {
  readonly before: Held;
  readonly after: Held;
  readonly scope: Scope;
  readonly operations: readonly PlanOperation[];
  readonly actual: ActualTable;
  /** The moment that the overrides were taken at, and are taken at when reading back. */
  readonly plannedAtMs: number;
  readonly onFailure: OnFailure;
}

export interface CarriedOut {
  readonly steps: Step[];
  readonly outcome: ApplyOutcome;
  readonly reading: Reading;
}

const NO_COST = { connections: 0, fate: 'none' } as const;

function resultsOf(
  operations: readonly PlanOperation[], onFailure: OnFailure, ground: Ground,
): Promise<readonly OperationResult[]> {
  return perform(operations, onFailure, ground, (run, error) => {
    if (ground.stopping.aborted) throw new StoppedError('the agent stops', { cause: error });
    const fault = { code: 'unexpected', message: error.message.slice(0, 1_000), errno: null } as const;
    return run.map(() => ({ status: 'failed', fault }));
  });
}

export async function stepsOf(
  operations: readonly PlanOperation[], actual: ActualTable, onFailure: OnFailure, ground: Ground,
): Promise<Step[]> {
  if (operations.length === 0) return [];
  const results = await resultsOf(operations, onFailure, ground);
  const costs = costsOf(operations, actual, ground.forwarder.capabilities);
  return operations.map((operation, i) => ({ operation, cost: costs[i] ?? NO_COST, result: results[i] ?? notTried('failureBefore') }));
}

/** Back to what was accepted before: on the disk first, so that an agent that ends now goes back to it too. */
async function rollBack(change: PlannedChange, failed: Reading, ground: Ground): Promise<Omit<CarriedOut, 'steps'>> {
  const { before, after, scope, plannedAtMs } = change;
  const found = foundIn(change.operations);
  try {
    await ground.reports.beginRollingBack();
    // First: whatever ends the agent from here on, nobody takes them away for a service that is wanted no more.
    await ground.ownership.leave(foundKeys(found));
    await ground.holdings.setAccepted(before.accepted);
  } catch (error) {
    ground.log.error({ err: error }, 'the accepted definition could not be taken back');
    const remaining = planDirector(after, failed, plannedAtMs, scope);
    return { reading: failed, outcome: { kind: 'rollbackFailed', undone: [], remaining } };
  }
  const undoing = withoutAdopted(planBack(before, failed, { nowMs: plannedAtMs, scope, found }));
  const undone = await stepsOf(undoing, failed.actual, 'goOn', ground);
  const reading = await readBack(ground);
  const remaining = planBack(before, reading, { nowMs: plannedAtMs, scope, found });
  return {
    reading,
    outcome: remaining.length === 0 ? { kind: 'rolledBack', undone } : { kind: 'rollbackFailed', undone, remaining },
  };
}

/** The definition is accepted on the disk already. Does not end before it is known what came of it. */
export async function carryOut(change: PlannedChange, ground: Ground): Promise<CarriedOut> {
  const { after, scope, operations, actual, plannedAtMs, onFailure } = change;
  const steps = await stepsOf(operations, actual, onFailure, ground);
  const reading = await readBack(ground);
  if (onFailure === 'rollBack' && steps.some(({ result }) => result.status === 'failed')) {
    return { steps, ...await rollBack(change, reading, ground) };
  }
  const remaining = planDirector(after, reading, plannedAtMs, scope);
  return { steps, reading, outcome: remaining.length === 0 ? { kind: 'applied' } : { kind: 'partlyApplied', remaining } };
}
