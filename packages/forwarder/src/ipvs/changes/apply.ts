// Carries out the operations of a plan, many at a time where none waits for another's outcome.
import { isUnanswered, notTried } from '@weir/model';
import type { Capabilities, Fault, Operation, OperationResult } from '@weir/model';
import type { Command, IpvsClient } from '@weir/ipvs';
import { NetlinkError } from '@weir/netlink';
import type { ApplyOptions } from '../../forwarder.ts';
import { beyondKernel } from './beyond.ts';
import { commandOf, refusedFault, unknownFault, unsupportedFault } from './command.ts';
import { Turns } from '../../turns.ts';

export interface Kernel {
  readonly client: Pick<IpvsClient, 'batch'>;
  readonly can: Capabilities;
}

/** As many as one send can take without losing answers. */
const SLICE = 200;

const done: OperationResult = { status: 'done' };

function failed(fault: Fault): OperationResult {
  return { status: 'failed', fault };
}

/** What the kernel cannot do is not sent; the others are, in their order. */
function carryOut(operations: readonly Operation[], { client, can }: Kernel): OperationResult[] {
  const commands: Command[] = [];
  const sent: number[] = [];
  const results = operations.map((operation, at): OperationResult => {
    const why = beyondKernel(operation, can);
    if (why !== null) return failed(unsupportedFault(operation, why));
    commands.push(commandOf(operation));
    sent.push(at);
    return done;
  });
  const faultAt = ask(commands, client);
  sent.forEach((at, index) => {
    const operation = operations[at];
    const fault = operation === undefined ? null : faultAt(index, operation);
    if (fault !== null) results[at] = failed(fault);
  });
  return results;
}

type FaultAt = (index: number, operation: Operation) => Fault | null;

function ask(commands: readonly Command[], client: Kernel['client']): FaultAt {
  try {
    const refusals = client.batch(commands);
    return (index, operation) => {
      const errno = refusals[index] ?? null;
      return errno === null ? null : refusedFault(operation, errno, commands[index]?.command ?? 0);
    };
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    return (_, operation) => unknownFault(operation, error.message, error.errno);
  }
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
