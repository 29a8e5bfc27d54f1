// Carrying out operations in their order: those that stand together by the forwarder, by the host, or by who keeps whose a service is.
import { deniedServices, isAdoption, isHostOperation, isUnanswered, notTried, ruleOperations, serviceKey, takesAway } from '@weir/model';
import type { AdoptService, OnFailure, OperationResult, PlanOperation } from '@weir/model';
import type { Forwarder } from '@weir/forwarder';
import type { Host } from '../host/host.ts';
import type { Ownership } from '../forwarder/own-services.ts';
import { isSilence } from './ground.ts';

export interface Performers {
  readonly forwarder: Forwarder;
  readonly host: Host | null;
  readonly ownership: Ownership;
}

/** What operations come to whose forwarder does not answer. */
export type OnSilence = (run: readonly PlanOperation[], error: Error) => readonly OperationResult[];

type Results = Map<PlanOperation, OperationResult>;

type Performer = 'host' | 'ownership' | 'forwarder';

function performerOf(operation: PlanOperation): Performer {
  if (isAdoption(operation)) return 'ownership';
  return isHostOperation(operation) ? 'host' : 'forwarder';
}

/** Rules that stand together, steps on the host that do, or adoptions. */
function runsOf(operations: readonly PlanOperation[]): PlanOperation[][] {
  const runs: PlanOperation[][] = [];
  for (const operation of operations) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && performerOf(run[0]) === performerOf(operation)) run.push(operation);
    else runs.push([operation]);
  }
  return runs;
}

/** Where one may fail and the rest goes on, what takes away from services comes after all that does not. */
function stagesOf(operations: readonly PlanOperation[], onFailure: OnFailure): PlanOperation[][] {
  const runs = runsOf(operations);
  if (onFailure === 'rollBack') return runs;
  return runs.flatMap((run) => [run.filter((operation) => !takesAway(operation)), run.filter(takesAway)]).filter((stage) => stage.length > 0);
}

/** What behind it must not be done, and why not. */
function heldBack(stage: readonly PlanOperation[], results: Results, onFailure: OnFailure): Results {
  const all = (why: Parameters<typeof notTried>[0]): Results => new Map(stage.map((operation) => [operation, notTried(why)]));
  if ([...results.values()].some(isUnanswered)) return all('noAnswer');
  if (onFailure === 'rollBack') return [...results.values()].some(({ status }) => status === 'failed') ? all('failureBefore') : new Map();
  const denied = deniedServices(ruleOperations([...results.keys()]), (operation) => results.get(operation));
  return new Map(ruleOperations(stage).filter((operation) => takesAway(operation) && denied.has(serviceKey(operation.service)))
    .map((operation) => [operation, notTried('additionRefused')]));
}

async function performRun(run: readonly PlanOperation[], onFailure: OnFailure, { forwarder, host, ownership }: Performers): Promise<readonly OperationResult[]> {
  const [first] = run;
  if (first === undefined) return [];
  if (isAdoption(first)) return adoptAll(run.filter(isAdoption), ownership);
  if (!isHostOperation(first)) return forwarder.apply(ruleOperations(run), { onFailure });
  if (host === null) throw new Error('a plan has steps on the host only where the host was read');
  return host.apply(run.filter(isHostOperation), onFailure);
}

async function adoptAll(run: readonly AdoptService[], ownership: Ownership): Promise<readonly OperationResult[]> {
  await ownership.adopt(run.map(({ service }) => serviceKey(service)));
  return run.map(() => ({ status: 'done' }));
}

/** One result for each operation. */
export async function perform(
  operations: readonly PlanOperation[], onFailure: OnFailure, performers: Performers, onSilence: OnSilence,
): Promise<readonly OperationResult[]> {
  const results: Results = new Map();
  for (const stage of stagesOf(operations, onFailure)) {
    for (const [operation, result] of heldBack(stage, results, onFailure)) results.set(operation, result);
    const run = stage.filter((operation) => !results.has(operation));
    const answers = await performRun(run, onFailure, performers).catch((error: unknown) => {
      if (isSilence(error)) return onSilence(run, error);
      throw error;
    });
    for (const [at, operation] of run.entries()) results.set(operation, answers[at] ?? notTried('noAnswer'));
  }
  return operations.map((operation) => results.get(operation) ?? notTried('noAnswer'));
}
