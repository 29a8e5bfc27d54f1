// A forwarder that may hang, made into one that answers or fails in time, with a bound on the calls it still owes.
import { ForwarderError } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';

const READ_DEADLINE_MS = 5_000;
/** A plan may have tens of thousands of operations. */
const APPLY_DEADLINE_MS = 60_000;
const MOST_OWED = 8;

export interface Deadlines {
  readonly readMs: number;
  readonly applyMs: number;
}

export function guarded(
  forwarder: Forwarder, { readMs, applyMs }: Deadlines = { readMs: READ_DEADLINE_MS, applyMs: APPLY_DEADLINE_MS },
): Forwarder {
  let owed = 0;

  function ask<TAnswer>(operation: string, deadlineMs: number, call: () => Promise<TAnswer>): Promise<TAnswer> {
    if (owed >= MOST_OWED) return Promise.reject(new ForwarderError(operation, `it still owes ${owed} answers`));
    owed += 1;
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new ForwarderError(operation, `no answer within ${deadlineMs / 1_000} s`)), deadlineMs);
      call().then(resolve, reject).finally(() => {
        clearTimeout(late);
        owed -= 1;
      });
    });
  }

  return {
    capabilities: forwarder.capabilities,
    read: () => ask('read', readMs, () => forwarder.read()),
    apply: (operations, options) => ask('apply', applyMs, () => forwarder.apply(operations, options)),
    sample: () => ask('sample', readMs, () => forwarder.sample()),
    connections: (limit) => ask('connections', readMs, () => forwarder.connections(limit)),
    close: () => ask('close', readMs, () => forwarder.close()),
  };
}
