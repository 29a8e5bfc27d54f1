// One virtual service: its listening socket, its real servers, the connections through it.
import { endpointKey, same, serviceKey } from '@weir/model';
import type {
  ActualService, Connection, Endpoint, EndpointKey, RealServerRule, RealServerSettings, ServiceAddress, ServiceKey, ServiceSample, ServiceSettings,
} from '@weir/model';
import type { Server, Socket } from 'node:net';
import type { Admission } from './admission.ts';
import { arrivalOf, ProxiedConnection } from './connection.ts';
import type { ConnectionHost } from './connection.ts';
import type { SourcePorts } from './sockets/dial.ts';
import { listen } from './sockets/listener.ts';
import { ProxyRealServer } from './real-server.ts';
import { roomOf, startScheduling } from './scheduling/scheduling.ts';
import type { Arrival } from './scheduling/scheduler.ts';
import type { Scheduling } from './scheduling/scheduling.ts';
import { reset } from './sockets/socket.ts';
import { Traffic } from './traffic.ts';
import type { ProxyTuning } from './tuning.ts';

/** What the services of one proxy share. */
export interface ProxyShared {
  readonly tuning: ProxyTuning;
  readonly ports: SourcePorts;
  readonly admission: Admission;
}

export class ProxyService implements ConnectionHost {
  readonly address: ConnectionHost['address'];
  readonly key: ServiceKey;
  readonly traffic = new Traffic();
  readonly tuning: ProxyTuning;
  readonly ports: SourcePorts;
  readonly #admission: Admission;
  readonly #realServers = new Map<EndpointKey, ProxyRealServer>();
  readonly #connections = new Set<ProxiedConnection>();
  #order: readonly ProxyRealServer[] = [];
  #settings: ServiceSettings;
  #scheduling: Scheduling<ProxyRealServer>;
  #listener: Server | null = null;

  constructor(address: ServiceAddress, settings: ServiceSettings, { tuning, ports, admission }: ProxyShared) {
    if (address.kind !== 'address') throw new TypeError('a service of the proxy has an address');
    this.address = address;
    this.key = serviceKey(address);
    this.tuning = tuning;
    this.ports = ports;
    this.#admission = admission;
    this.#settings = settings;
    this.#scheduling = startScheduling(settings.scheduler, this.#order);
  }

  async open(): Promise<void> {
    this.#listener = await listen(this.address, this.tuning, (client) => this.#accept(client));
  }

  set(settings: ServiceSettings): void {
    if (!same(settings.scheduler, this.#settings.scheduler)) this.#scheduling = startScheduling(settings.scheduler, this.#order);
    this.#settings = settings;
  }

  get size(): number {
    return this.#realServers.size;
  }

  /** How many real servers it can have. */
  get room(): number {
    return Math.min(this.tuning.maxRealServersPerService, roomOf(this.#settings.scheduler));
  }

  has(endpoint: Endpoint): boolean {
    return this.#realServers.has(endpointKey(endpoint));
  }

  addRealServer(rule: RealServerRule): void {
    const realServer = new ProxyRealServer(rule);
    this.#realServers.set(realServer.key, realServer);
    this.#reorder();
  }

  setRealServer(endpoint: Endpoint, settings: RealServerSettings): void {
    this.#realServers.get(endpointKey(endpoint))?.set(settings);
    this.#reorder();
  }

  removeRealServer(endpoint: Endpoint): void {
    const key = endpointKey(endpoint);
    const realServer = this.#realServers.get(key);
    this.#realServers.delete(key);
    this.#reorder();
    realServer?.removed();
  }

  pick(arrival: Arrival, tried: ReadonlySet<ProxyRealServer>): ProxyRealServer | null {
    return this.#scheduling.pick(this.#order, (realServer) => !realServer.overloaded && !tried.has(realServer), arrival);
  }

  unserved(): void {
    this.#admission.refuse('noRealServer');
  }

  ended(connection: ProxiedConnection): void {
    this.#connections.delete(connection);
    this.#admission.left();
  }

  actual(): ActualService {
    return {
      address: this.address, settings: this.#settings, foreign: false,
      realServers: this.#order.map((realServer) => realServer.actual()),
    };
  }

  sample(): ServiceSample {
    return { key: this.key, counters: this.traffic.counters(), realServers: this.#order.map((realServer) => realServer.sample()) };
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** At most `limit` of its connections. */
  entries(limit: number): Connection[] {
    const entries: Connection[] = [];
    for (const connection of this.#connections) {
      if (entries.length >= limit) break;
      const entry = connection.entry();
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  /** Stops listening at once and resets the service's connections; resolves when all of its sockets are closed. */
  close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    return new Promise((resolve) => {
      if (listener === null) resolve();
      else listener.close(() => resolve());
      for (const connection of this.#connections) connection.reset();
    });
  }

  #reorder(): void {
    const before = this.#order;
    this.#order = [...this.#realServers.values()];
    this.#scheduling.changed(before, this.#order);
  }

  #accept(client: Socket): void {
    if (this.#admission.full || this.#connections.size >= this.tuning.maxConnectionsPerService) {
      this.#admission.refuse(this.#admission.full ? 'forwarderFull' : 'serviceFull');
      reset(client.on('error', () => {}));
      return;
    }
    const arrival = arrivalOf(client, this.address.vip);
    // Reset before it was accepted: it has no address any more.
    if (arrival === null) {
      reset(client.on('error', () => {}));
      return;
    }
    const connection = new ProxiedConnection(this, client, arrival);
    this.#connections.add(connection);
    this.#admission.entered();
    connection.connect();
  }
}
