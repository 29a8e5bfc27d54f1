// The kernel's IPVS, driven over netlink. What it forwards outlives the agent.
import { CONNECTIONS_MAX, everyConnection } from '@weir/model';
import type { ActualService, ActualTable, Capabilities, ConnectionChoice, ConnectionList, KernelState, Operation, OperationResult, Sample, ServiceAddress, ServiceSample } from '@weir/model';
import { IpvsClient, namedService, serviceName } from '@weir/ipvs';
import { NetlinkError } from '@weir/netlink';
import type { ApplyOptions, Forwarder } from '../forwarder.ts';
import { ForwarderError } from '../forwarder.ts';
import { inTurn, tell } from './translate/actual.ts';
import type { Told } from './translate/actual.ts';
import { applyAll } from './changes/apply.ts';
import { askCapabilities, readRemoval } from './capabilities.ts';
import { ConnectionScanner } from './connections/scanner.ts';
import { readKernel } from './kernel.ts';
import { KnownService } from './translate/known-service.ts';
import { inOrder } from './translate/order.ts';
import { sampleOf } from './translate/sample.ts';
import { serviceIdOf } from './translate/to-kernel.ts';
import { Turns } from '../turns.ts';

/** The bounds of `ActualTable`. */
const MOST_SERVICES = 10_000;
const MOST_REAL_SERVERS = 10_000;
const MOST_OTHERS = 20_000;

export class IpvsForwarder implements Forwarder {
  #capabilities: Capabilities;
  readonly #client: IpvsClient;
  readonly #connections = new ConnectionScanner();
  readonly #closing = new AbortController();
  /** The services of the last sample. */
  #known: ReadonlyMap<string, KnownService> = new Map();
  /** Applies run one after the other, `close` after all of them. */
  #last: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | null = null;

  private constructor(client: IpvsClient, capabilities: Capabilities) {
    this.#client = client;
    this.#capabilities = capabilities;
  }

  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  /** Rejects where the kernel has no IPVS or the agent may not use it, in words. */
  static async open(): Promise<IpvsForwarder> {
    let client: IpvsClient | null = null;
    try {
      client = await IpvsClient.open();
      return new IpvsForwarder(client, await askCapabilities(client));
    } catch (error) {
      client?.close();
      throw new ForwarderError('open', openingWords(error), { cause: error });
    }
  }

  read(): Promise<ActualTable> {
    return this.#ask('read', async () => {
      this.#capabilities = { ...this.#capabilities, removal: await readRemoval() };
      const turns = new Turns();
      const services: Told[] = [];
      for (const service of bounded(this.#client.services())) {
        const destinations = this.#client.destinations(namedService(service.id));
        if (destinations.length > MOST_REAL_SERVERS) throw new ForwarderError('read', `a service has ${destinations.length} real servers; at most ${MOST_REAL_SERVERS}`);
        services.push(tell(service, destinations));
        await turns.next();
      }
      const told = inOrder(services);
      return { services: told.map(({ service }) => service).filter((service) => service !== null), others: told.flatMap(({ others }) => others).slice(0, MOST_OTHERS) };
    });
  }

  service(address: ServiceAddress): Promise<ActualService | null> {
    return this.#ask('service', async () => {
      const named = namedService(serviceIdOf(address));
      try {
        return inTurn(this.#client.service(named), this.#client.destinations(named));
      } catch (error) {
        if (error instanceof NetlinkError && error.errno === 'ESRCH') return null;
        throw error;
      }
    });
  }

  async apply(operations: readonly Operation[], options: ApplyOptions): Promise<readonly OperationResult[]> {
    this.#mustBeOpen('apply');
    const applied = this.#last.then(() => applyAll(operations, options, { client: this.#client, can: this.capabilities }));
    this.#last = applied.catch(() => null);
    return applied;
  }

  sample(): Promise<Sample> {
    return this.#ask('sample', async () => {
      const turns = new Turns();
      const measuredAtMs = Date.now();
      const services: ServiceSample[] = [];
      const known = new Map<string, KnownService>();
      for (const { id, counters } of bounded(this.#client.serviceSamples())) {
        const service = this.#known.get(serviceName(id)) ?? new KnownService(id);
        known.set(service.key, service);
        services.push(sampleOf(service, counters, this.#client));
        await turns.next();
      }
      this.#known = known;
      return { measuredAtMs, services: inOrder(services) };
    });
  }

  connections(limit: number, choice: ConnectionChoice = everyConnection): Promise<ConnectionList> {
    const bound = Math.min(Math.max(0, Math.trunc(limit)), CONNECTIONS_MAX);
    return this.#ask('connections', () => this.#connections.scan(choice, bound));
  }

  kernel(): Promise<KernelState> {
    return this.#ask('kernel', () => readKernel(this.#client));
  }

  /** The kernel counts on, and shows what came since. */
  zero(service: ServiceAddress | null): Promise<void> {
    return this.#ask('zero', async () => {
      try {
        this.#client.zero(service === null ? null : serviceIdOf(service));
      } catch (error) {
        throw error instanceof NetlinkError && error.errno === 'ESRCH' ? new ForwarderError('zero', 'the kernel has no such service', { cause: error }) : error;
      }
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connections.close();
    this.#closed ??= this.#last.then(() => this.#client.close());
    return this.#closed;
  }

  #mustBeOpen(operation: string): void {
    if (this.#closing.signal.aborted) throw new ForwarderError(operation, 'the driver is closed');
  }

  async #ask<T>(operation: string, answer: () => Promise<T>): Promise<T> {
    this.#mustBeOpen(operation);
    try {
      return await answer();
    } catch (error) {
      if (error instanceof ForwarderError) throw error;
      const words = error instanceof NetlinkError && error.operation === 'resolve' ? openingWords(error) : null;
      throw new ForwarderError(operation, words ?? (error instanceof Error ? error.message : String(error)), { cause: error });
    }
  }
}

function bounded<T>(services: readonly T[]): readonly T[] {
  if (services.length > MOST_SERVICES) throw new ForwarderError('read', `the kernel has ${services.length} services; at most ${MOST_SERVICES}`);
  return services;
}

const openingFailures: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'this kernel has no IPVS: load the module ip_vs (modprobe ip_vs), or use another driver'],
  ['EPERM', 'the agent may not use IPVS: it needs CAP_NET_ADMIN in the host\'s user namespace'],
  ['EPROTONOSUPPORT', 'this kernel has no generic netlink'],
]);

function openingWords(error: unknown): string {
  if (!(error instanceof NetlinkError)) return error instanceof Error ? error.message : String(error);
  return openingFailures.get(error.errno ?? '') ?? `IPVS cannot be reached: ${error.message}`;
}
