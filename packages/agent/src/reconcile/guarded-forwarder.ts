// A forwarder that may hang, made into one that answers or fails in time, with a bound on the calls it still owes. Except for `apply`:
// nothing else may begin before that has ended, so whoever waits for it has a deadline of their own.
import { ForwarderError } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';

const MOST_OWED = 8;

export function guarded(forwarder: Forwarder, readMs: number): Forwarder {
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
    apply: (operations, options) => forwarder.apply(operations, options),
    sample: () => ask('sample', readMs, () => forwarder.sample()),
    connections: (limit) => ask('connections', readMs, () => forwarder.connections(limit)),
    close: () => ask('close', readMs, () => forwarder.close()),
  };
}
