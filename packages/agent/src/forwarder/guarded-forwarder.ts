// A forwarder that may hang, made into one that answers or fails in time, with a bound on the calls it still owes. Except for `apply`:
// nothing else may begin before that has ended, so whoever waits for it has a deadline of their own.
import { ForwarderError } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';

const MOST_OWED = 8;
/** A large table of connections is read rarely, and whoever asks waits for the next time, beside all other calls. */
const CONNECTIONS_MS = 14_000;
const MOST_OWED_CONNECTIONS = 32;

interface Bounds {
  readonly deadlineMs: number;
  readonly mostOwed: number;
}

type Ask = <TAnswer>(operation: string, call: () => Promise<TAnswer>) => Promise<TAnswer>;

function asking({ deadlineMs, mostOwed }: Bounds): Ask {
  let owed = 0;
  return (operation, call) => {
    if (owed >= mostOwed) return Promise.reject(new ForwarderError(operation, `it still owes ${owed} answers`));
    owed += 1;
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new ForwarderError(operation, `no answer within ${deadlineMs / 1_000} s`)), deadlineMs);
      call().then(resolve, reject).finally(() => {
        clearTimeout(late);
        owed -= 1;
      });
    });
  };
}

export function guarded(forwarder: Forwarder, readMs: number): Forwarder {
  const ask = asking({ deadlineMs: readMs, mostOwed: MOST_OWED });
  const askConnections = asking({ deadlineMs: CONNECTIONS_MS, mostOwed: MOST_OWED_CONNECTIONS });
  return {
    get capabilities() { return forwarder.capabilities; },
    read: () => ask('read', () => forwarder.read()),
    service: (address) => ask('service', () => forwarder.service(address)),
    apply: (operations, options) => forwarder.apply(operations, options),
    sample: () => ask('sample', () => forwarder.sample()),
    connections: (limit, choice) => askConnections('connections', () => forwarder.connections(limit, choice)),
    kernel: () => ask('kernel', () => forwarder.kernel()),
    zero: (service) => ask('zero', () => forwarder.zero(service)),
    close: () => ask('close', () => forwarder.close()),
  };
}
