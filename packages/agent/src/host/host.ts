// The port to the host that the agent runs on: VIPs and kernel settings, beside what the forwarder does.
import type { HostOperation, HostReading, OnFailure, OperationResult } from '@weir/model';

export interface HostQuestion {
  /** Whether marks are asked for, which costs more: where a held cluster has services by mark. */
  readonly marks: boolean;
}

export interface Host {
  /** Interfaces with their addresses, and every setting that a plan may be about. Rejects with a `HostError`. */
  read(question: HostQuestion): Promise<HostReading>;
  /** One result for each, in order; never rejects: a refusal is that operation's fault. What is changed is on the disk before it is done. */
  apply(operations: readonly HostOperation[], onFailure: OnFailure): Promise<readonly OperationResult[]>;
  close(): Promise<void>;
}

/** The host as a whole does not answer; one operation's refusal is a `Fault`. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly operation: string;

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options);
    this.operation = operation;
  }
}
