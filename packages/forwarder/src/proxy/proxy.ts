// The proxy: TCP and UDP forwarded in user space, without privileges. Its connections end with its process.
import { CONNECTIONS_MAX, everyConnection, findConnections, notTried, serviceKey } from '@weir/model';
import type { ActualService, ActualTable, Capabilities, ConnectionChoice, ConnectionList, Operation, OperationResult, Refusals, Sample, ServiceAddress } from '@weir/model';
import type { ApplyOptions, Forwarder } from '../forwarder.ts';
import { ForwarderError } from '../forwarder.ts';
import { Admission } from './admission/admission.ts';
import { Bound } from './admission/bound.ts';
import { limitsOf } from './admission/limits.ts';
import type { ProxyLimits } from './admission/limits.ts';
import { proxyCapabilities } from './capabilities.ts';
import { faultOf } from './fault.ts';
import { perform } from './operations.ts';
import type { ProxyServices } from './operations.ts';
import type { ProxyShared } from './service.ts';
import { SourcePorts } from './tcp/dial.ts';
import { defaultTuning } from './tuning.ts';
import type { ProxyTuning } from './tuning.ts';

export class ProxyForwarder implements Forwarder {
  readonly capabilities: Capabilities = proxyCapabilities;
  /** What it lets in: the tuning, less what this process could not bear. */
  readonly limits: ProxyLimits;
  readonly #services: ProxyServices = new Map();
  readonly #shared: ProxyShared;
  /** Applies run one after the other, `close` after all of them. */
  #last: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  /** `descriptors`: how many this process may open, where that is known. */
  constructor(tuning: Partial<ProxyTuning> = {}, descriptors: number | null = null) {
    const whole = { ...defaultTuning, ...tuning };
    this.limits = limitsOf(whole, descriptors);
    this.#shared = {
      tuning: whole,
      ports: new SourcePorts(whole.sourcePorts, Math.random),
      admission: new Admission(this.limits),
      templates: new Bound(whole.maxTemplates),
    };
  }

  /** Clients and datagrams that were turned away instead of served, since the proxy was opened. */
  get refused(): Refusals {
    return this.#shared.admission.refused;
  }

  async read(): Promise<ActualTable> {
    this.#mustBeOpen('read');
    return { services: [...this.#services.values()].map((service) => service.actual()), others: [] };
  }

  async service(address: ServiceAddress): Promise<ActualService | null> {
    this.#mustBeOpen('service');
    return this.#services.get(serviceKey(address))?.actual() ?? null;
  }

  async apply(operations: readonly Operation[], options: ApplyOptions): Promise<readonly OperationResult[]> {
    this.#mustBeOpen('apply');
    const applied = this.#last.then(() => this.#applyAll(operations, options));
    this.#last = applied;
    return applied;
  }

  async sample(): Promise<Sample> {
    this.#mustBeOpen('sample');
    return { measuredAtMs: Date.now(), services: [...this.#services.values()].map((service) => service.sample()) };
  }

  /** Templates are not listed. */
  async connections(limit: number, choice: ConnectionChoice = everyConnection): Promise<ConnectionList> {
    this.#mustBeOpen('connections');
    const all = [...this.#services.values()].flatMap(({ front }) => front.entries());
    const found = findConnections(all, { choice, limit: Math.min(Math.max(0, Math.trunc(limit)), CONNECTIONS_MAX) });
    return { ...found, templates: null, sample: null, unreadable: 0, measuredAtMs: Date.now() };
  }

  async kernel(): Promise<null> {
    this.#mustBeOpen('kernel');
    return null;
  }

  async zero(): Promise<void> {
    this.#mustBeOpen('zero');
    throw new ForwarderError('zero', 'the proxy counts from the moment that it begins to forward, and begins anew only with it');
  }

  async close(): Promise<void> {
    this.#closing ??= this.#last.then(() => this.#closeAll());
    return this.#closing;
  }

  #mustBeOpen(operation: string): void {
    if (this.#closing !== null) throw new ForwarderError(operation, 'the proxy is closed');
  }

  async #applyAll(operations: readonly Operation[], { onFailure }: ApplyOptions): Promise<readonly OperationResult[]> {
    const results: OperationResult[] = [];
    let stopped = false;
    for (const operation of operations) {
      const result: OperationResult = stopped ? notTried('failureBefore') : await this.#applyOne(operation);
      stopped ||= result.status === 'failed' && onFailure === 'rollBack';
      results.push(result);
    }
    return results;
  }

  async #applyOne(operation: Operation): Promise<OperationResult> {
    try {
      const fault = await perform(this.#services, operation, this.#shared);
      return fault === null ? { status: 'done' } : { status: 'failed', fault };
    } catch (error) {
      return { status: 'failed', fault: faultOf(operation.kind, error) };
    }
  }

  async #closeAll(): Promise<void> {
    const closed = Promise.all([...this.#services.values()].map((service) => service.close()));
    this.#services.clear();
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#shared.tuning.closeDeadlineMs);
    });
    await Promise.race([closed, deadline]);
    clearTimeout(timer);
  }
}
