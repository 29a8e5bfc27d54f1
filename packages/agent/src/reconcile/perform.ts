// Carrying out operations in their order: those that stand together by the forwarder, or by the host.
import { isHostOperation, ruleOperations } from '@weir/model';
import type { OnFailure, OperationResult, PlanOperation } from '@weir/model';
import type { Forwarder } from '@weir/forwarder';
import type { Host } from '../host/host.ts';
import { isSilence } from './ground.ts';

export interface Performers {
  readonly forwarder: Forwarder;
  readonly host: Host | null;
}

/** What operations come to whose forwarder does not answer. */
export type OnSilence = (run: readonly PlanOperation[], error: Error) => readonly OperationResult[];

/** Rules that stand together, or steps on the host that do. */
function nextRun(operations: readonly PlanOperation[]): readonly PlanOperation[] {
  const [first] = operations;
  const end = operations.findIndex((operation) => first !== undefined && isHostOperation(operation) !== isHostOperation(first));
  return end === -1 ? operations : operations.slice(0, end);
}

async function performRun(run: readonly PlanOperation[], onFailure: OnFailure, { forwarder, host }: Performers): Promise<readonly OperationResult[]> {
  const [first] = run;
  if (first === undefined || !isHostOperation(first)) return forwarder.apply(ruleOperations(run), { onFailure });
  if (host === null) throw new Error('a plan has steps on the host only where the host was read');
  return host.apply(run.filter(isHostOperation), onFailure);
}

/** One result for each operation. */
export async function perform(
  operations: readonly PlanOperation[], onFailure: OnFailure, performers: Performers, onSilence: OnSilence,
): Promise<readonly OperationResult[]> {
  const results: OperationResult[] = [];
  while (results.length < operations.length) {
    if (onFailure === 'rollBack' && results.some(({ status }) => status === 'failed')) {
      return [...results, ...operations.slice(results.length).map((): OperationResult => ({ status: 'skipped' }))];
    }
    const run = nextRun(operations.slice(results.length));
    results.push(...await performRun(run, onFailure, performers).catch((error: unknown) => {
      if (isSilence(error)) return onSilence(run, error);
      throw error;
    }));
  }
  return results;
}
