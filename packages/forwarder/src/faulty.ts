// For tests of what uses a forwarder: one that refuses, breaks or hangs where it is told to.
import { notTried } from '@weir/model';
import type { ActualService, ActualTable, Capabilities, ConnectionChoice, ConnectionList, Fault, KernelState, Operation, OperationResult, Sample, ServiceAddress } from '@weir/model';
import { ForwarderError } from './forwarder.ts';
import type { ApplyOptions, Forwarder } from './forwarder.ts';

/** Refused, or not answered before the forwarder is closed. */
export type Trouble<T> = T | 'hang' | null;

/** What goes wrong, asked anew for each call. What is left out, or answers null, goes well. */
export interface Troubles {
  /** Asked before an operation reaches the real forwarder. */
  operation?: (operation: Operation) => Trouble<Fault>;
  /** Asked before a call reaches it: the forwarder fails as a whole. */
  call?: (name: 'read' | 'service' | 'apply' | 'sample' | 'connections' | 'kernel' | 'zero') => Trouble<ForwarderError>;
}

/** Wraps a forwarder. Without troubles it passes the contract of the one that it wraps. */
export class FaultyForwarder implements Forwarder {
  readonly capabilities: Capabilities;
  readonly #inner: Forwarder;
  readonly #troubles: Troubles;
  readonly #hanging = new Set<(error: ForwarderError) => void>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(inner: Forwarder, troubles: Troubles = {}) {
    this.capabilities = inner.capabilities;
    this.#inner = inner;
    this.#troubles = troubles;
  }

  async read(): Promise<ActualTable> {
    await this.#call('read');
    return this.#inner.read();
  }

  async service(address: ServiceAddress): Promise<ActualService | null> {
    await this.#call('service');
    return this.#inner.service(address);
  }

  async apply(operations: readonly Operation[], options: ApplyOptions): Promise<readonly OperationResult[]> {
    await this.#call('apply');
    const applied = this.#last.then(() => this.#applyAll(operations, options));
    this.#last = applied.catch(() => null);
    return applied;
  }

  async sample(): Promise<Sample> {
    await this.#call('sample');
    return this.#inner.sample();
  }

  async connections(limit: number, choice?: ConnectionChoice): Promise<ConnectionList> {
    await this.#call('connections');
    return this.#inner.connections(limit, choice);
  }

  async kernel(): Promise<KernelState | null> {
    await this.#call('kernel');
    return this.#inner.kernel();
  }

  async zero(service: ServiceAddress | null): Promise<void> {
    await this.#call('zero');
    await this.#inner.zero(service);
  }

  /** Ends what hangs, too. */
  async close(): Promise<void> {
    for (const reject of this.#hanging) reject(new ForwarderError('close', 'closed while it hung'));
    this.#hanging.clear();
    await this.#inner.close();
  }

  async #call(name: Parameters<NonNullable<Troubles['call']>>[0]): Promise<void> {
    const trouble = this.#troubles.call?.(name) ?? null;
    if (trouble === 'hang') await this.#hang();
    else if (trouble !== null) throw trouble;
  }

  async #applyAll(operations: readonly Operation[], options: ApplyOptions): Promise<readonly OperationResult[]> {
    if (operations.length === 0) return this.#inner.apply(operations, options);
    const results: OperationResult[] = [];
    let stopped = false;
    for (const operation of operations) {
      const result: OperationResult = stopped ? notTried('failureBefore') : await this.#applyOne(operation, options);
      stopped ||= result.status === 'failed' && options.onFailure === 'rollBack';
      results.push(result);
    }
    return results;
  }

  async #applyOne(operation: Operation, options: ApplyOptions): Promise<OperationResult> {
    const trouble = this.#troubles.operation?.(operation) ?? null;
    if (trouble === 'hang') return this.#hang();
    if (trouble !== null) return { status: 'failed', fault: trouble };
    const [result] = await this.#inner.apply([operation], options);
    if (result === undefined) throw new ForwarderError('apply', 'one operation, no result');
    return result;
  }

  #hang(): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.#hanging.add(reject);
    });
  }
}
