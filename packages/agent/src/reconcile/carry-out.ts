// Carrying out a planned change: apply, read back, and where it must, undo.
import type { ActualTable, ApplyOutcome, OnFailure, Operation, OperationResult, ServiceKey, Step } from '@weir/model';
import type { ActualReading } from '@weir/protocol';
import { ForwarderError } from '@weir/forwarder';
import { costsOf, planServices } from './cluster-plan.ts';
import type { Held } from './effective-table.ts';
import { readBack, StoppedError } from './ground.ts';
import type { Ground } from './ground.ts';

export interface PlannedChange {
  readonly before: Held;
  readonly after: Held;
  readonly keys: ReadonlySet<ServiceKey>;
  readonly operations: readonly Operation[];
  readonly actual: ActualTable;
  /** The moment that the overrides were taken at, and are taken at when reading back. */
  readonly plannedAtMs: number;
  readonly onFailure: OnFailure;
}

export interface CarriedOut {
  readonly steps: Step[];
  readonly outcome: ApplyOutcome;
  readonly reading: ActualReading;
}

async function resultsOf(
  operations: readonly Operation[], onFailure: OnFailure, { forwarder, stopping }: Ground,
): Promise<readonly OperationResult[]> {
  try {
    return await forwarder.apply(operations, { onFailure });
  } catch (error) {
    if (!(error instanceof ForwarderError)) throw error;
    if (stopping.aborted) throw new StoppedError('the agent stops', { cause: error });
    const fault = { code: 'unexpected', message: error.message.slice(0, 1_000), errno: null } as const;
    return operations.map(() => ({ status: 'failed', fault }));
  }
}

async function stepsOf(
  operations: readonly Operation[], actual: ActualTable, onFailure: OnFailure, ground: Ground,
): Promise<Step[]> {
  if (operations.length === 0) return [];
  const results = await resultsOf(operations, onFailure, ground);
  return costsOf(operations, actual, ground.forwarder.capabilities).map(({ operation, cost }, i) => (
    { operation, cost, result: results[i] ?? { status: 'skipped' } }));
}

/** Back to what was accepted before: on the disk first, so that an agent that ends now goes back to it too. */
async function rollBack(change: PlannedChange, failed: ActualReading, ground: Ground): Promise<Omit<CarriedOut, 'steps'>> {
  const { before, after, keys, plannedAtMs } = change;
  try {
    await ground.holdings.setAccepted(before.accepted);
  } catch (error) {
    ground.log.error({ err: error }, 'the accepted definition could not be taken back');
    const remaining = planServices(after, keys, failed.actual, plannedAtMs);
    return { reading: failed, outcome: { kind: 'rollbackFailed', undone: [], remaining } };
  }
  const undoing = planServices(before, keys, failed.actual, plannedAtMs);
  const undone = await stepsOf(undoing, failed.actual, 'goOn', ground);
  const reading = await readBack(ground);
  const remaining = planServices(before, keys, reading.actual, plannedAtMs);
  return {
    reading,
    outcome: remaining.length === 0 ? { kind: 'rolledBack', undone } : { kind: 'rollbackFailed', undone, remaining },
  };
}

/** The definition is accepted on the disk already. Does not end before it is known what came of it. */
export async function carryOut(change: PlannedChange, ground: Ground): Promise<CarriedOut> {
  const { after, keys, operations, actual, plannedAtMs, onFailure } = change;
  const steps = await stepsOf(operations, actual, onFailure, ground);
  const reading = await readBack(ground);
  if (onFailure === 'rollBack' && steps.some(({ result }) => result.status === 'failed')) {
    return { steps, ...await rollBack(change, reading, ground) };
  }
  const remaining = planServices(after, keys, reading.actual, plannedAtMs);
  return { steps, reading, outcome: remaining.length === 0 ? { kind: 'applied' } : { kind: 'partlyApplied', remaining } };
}
