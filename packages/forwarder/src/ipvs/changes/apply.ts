// Carries out the operations of a plan, many at a time where none waits for another's outcome.
import { isUnanswered, notTried } from '@weir/model';
import type { Capabilities, Fault, Operation, OperationResult } from '@weir/model';
import type { Command, IpvsClient } from '@weir/ipvs';
import { NetlinkError } from '@weir/netlink';
import type { ApplyOptions } from '../../forwarder.ts';
import { beyondKernel } from './beyond.ts';
import { commandOf, refusedFault, unknownFault, unsupportedFault } from './command.ts';
import { Turns } from '../turns.ts';

export interface Kernel {
  readonly client: Pick<IpvsClient, 'batch'>;
  readonly can: Capabilities;
}

/** As many as one send can take without losing answers. */
const SLICE = 200;

const done: OperationResult = { status: 'done' };

function resultOf(fault: Fault | null): OperationResult {
  return fault === null ? done : { status: 'failed', fault };
}

interface Ordered {
  readonly operation: Operation;
  readonly command: Command;
}

function refusals(ordered: readonly Ordered[], client: Kernel['client']): (Fault | null)[] {
  try {
    const answers = client.batch(ordered.map(({ command }) => command));
    return ordered.map(({ operation, command }, at) => {
      const errno = answers[at] ?? null;
      return errno === null ? null : refusedFault(operation, errno, command.command);
    });
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    return ordered.map(({ operation }) => unknownFault(operation, error.message, error.errno));
  }
}

/** What the kernel cannot do is not sent; the others are, in their order. */
function carryOut(operations: readonly Operation[], { client, can }: Kernel): OperationResult[] {
  const ordered: Ordered[] = [];
  const refused = operations.map((operation): Fault | null => {
    const why = beyondKernel(operation, can);
    if (why !== null) return unsupportedFault(operation, why);
    ordered.push({ operation, command: commandOf(operation) });
    return null;
  });
  const answers = refusals(ordered, client);
  let next = 0;
  return refused.map((fault) => {
    if (fault !== null) return resultOf(fault);
    next += 1;
    return resultOf(answers[next - 1] ?? null);
  });
}

/** To the end, but not on and on past a kernel that does not answer: each wait for it holds up the whole agent. */
async function goOn(operations: readonly Operation[], kernel: Kernel): Promise<OperationResult[]> {
  const turns = new Turns();
  const results: OperationResult[] = [];
  for (let first = 0; first < operations.length && !isUnanswered(results.at(-1)); first += SLICE) {
    results.push(...carryOut(operations.slice(first, first + SLICE), kernel));
    await turns.next();
  }
  return [...results, ...operations.slice(results.length).map(() => notTried('noAnswer'))];
}

/** One at a time: the kernel would go on behind a refusal, and nothing behind the first may be done. */
async function untilRefused(operations: readonly Operation[], kernel: Kernel): Promise<OperationResult[]> {
  const turns = new Turns();
  const results: OperationResult[] = [];
  for (const operation of operations) {
    results.push(...carryOut([operation], kernel));
    if (results.at(-1)?.status === 'failed') break;
    await turns.next();
  }
  const why = isUnanswered(results.at(-1)) ? 'noAnswer' : 'failureBefore';
  return [...results, ...operations.slice(results.length).map(() => notTried(why))];
}

export function applyAll(operations: readonly Operation[], { onFailure }: ApplyOptions, kernel: Kernel): Promise<OperationResult[]> {
  return onFailure === 'rollBack' ? untilRefused(operations, kernel) : goOn(operations, kernel);
}
