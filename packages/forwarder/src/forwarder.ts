// The port to whatever moves the packets on a director. Each kind of it is driven by one driver behind this interface.
import type {
  ActualService, ActualTable, Capabilities, ConnectionChoice, ConnectionList, KernelState, OnFailure, Operation, OperationResult, Sample, ServiceAddress,
} from '@weir/model';

export interface ApplyOptions {
  /** `goOn` tries every operation; `rollBack` stops at the first failure and leaves undoing to the caller: the rest is `skipped`. */
  readonly onFailure: OnFailure;
}

/**
 * Contract, proven for every driver by `contract.ts`:
 * - `apply` answers for each operation, in order, and throws for none of them: a refusal is that operation's fault, the others go on.
 * - Adding what is there and removing what is not are faults (`alreadyExists`, `notFound`); the table is as it was.
 * - `read` after a done operation shows it, and nothing else changed.
 * - A change never breaks a connection that it does not concern; weight 0 keeps open connections and takes no new ones.
 * - Counters never fall while an object exists, but by `zero`: those that it names begin at 0 again, all others go on, and no rule changes. `sample` never says 0 for what the forwarder cannot see.
 * - `close` ends what the driver itself holds. A forwarder that outlives its agent goes on forwarding.
 */
export interface Forwarder {
  /** What may be set otherwise at any time (`removal`) is as of the last reading. */
  readonly capabilities: Capabilities;
  /** Everything it forwards now, services Weir did not make included. */
  read(): Promise<ActualTable>;
  apply(operations: readonly Operation[], options: ApplyOptions): Promise<readonly OperationResult[]>;
  /** One service, its real servers in the order in which its scheduler goes through them; null where there is none, or none that Weir has words for. */
  service(address: ServiceAddress): Promise<ActualService | null>;
  /** Counters, weights and connections of every service, at one moment. */
  sample(): Promise<Sample>;
  /** At most `limit` (≤ 10,000) entries of the connection table: of what is looked for, or of all. */
  connections(limit: number, choice?: ConnectionChoice): Promise<ConnectionList>;
  /** What the kernel is set to; null where the forwarder is not the kernel's. */
  kernel(): Promise<KernelState | null>;
  /** Counters of a service and its real servers, or of everything. A driver that cannot, or has no such service, rejects, and nothing has changed. */
  zero(service: ServiceAddress | null): Promise<void>;
  close(): Promise<void>;
}

/** The forwarder as a whole failed (no privilege, no module, closed); a single operation's failure is a `Fault`, never this. */
export class ForwarderError extends Error {
  override readonly name = 'ForwarderError';
  readonly operation: string;

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options);
    this.operation = operation;
  }
}
