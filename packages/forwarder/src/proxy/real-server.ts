// One real server of one service: its settings, the connections it has, what it carried.
import { endpointKey } from '@weir/model';
import type {
  ActualRealServer, ConnectionCounts, Endpoint, EndpointKey, RealServerRule, RealServerSample, RealServerSettings,
} from '@weir/model';
import type { Candidate } from './scheduling/scheduler.ts';
import { Traffic } from './traffic.ts';

/** A connection, as its real server sees it. */
export interface Served {
  /** The real server is gone. */
  realServerRemoved(): void;
}

export class ProxyRealServer implements Candidate {
  readonly endpoint: Endpoint;
  readonly key: EndpointKey;
  readonly traffic = new Traffic();
  readonly #connections = new Set<Served>();
  #inactive = 0;
  #templates = 0;
  #settings: RealServerSettings;
  #lastWeight: number;
  #overloaded = false;

  constructor({ endpoint, settings }: RealServerRule) {
    this.endpoint = endpoint;
    this.key = endpointKey(endpoint);
    this.#settings = settings;
    this.#lastWeight = settings.weight;
  }

  get weight(): number {
    return this.#settings.weight;
  }

  get lastWeight(): number {
    return this.#lastWeight;
  }

  /** Connecting or established. */
  get active(): number {
    return this.#connections.size - this.#inactive;
  }

  /** Ended by one side. */
  get inactive(): number {
    return this.#inactive;
  }

  /** At its upper threshold, and not yet below its lower one. */
  get overloaded(): boolean {
    return this.#overloaded;
  }

  /** The address that its connections leave from; null leaves it to the host's routes. */
  get source(): string | null {
    return this.#settings.method.kind === 'proxied' ? this.#settings.method.source : null;
  }

  set(settings: RealServerSettings): void {
    // ip_vs_ctl.c, __ip_vs_update_dest: a threshold that is gone or was raised gives a new chance.
    const { upper } = settings.thresholds;
    if (upper === 0 || upper > this.#settings.thresholds.upper) this.#overloaded = false;
    this.#settings = settings;
    if (settings.weight > 0) this.#lastWeight = settings.weight;
  }

  joined(connection: Served): void {
    this.#connections.add(connection);
    const { upper } = this.#settings.thresholds;
    if (upper > 0 && this.#connections.size >= upper) this.#overloaded = true;
  }

  becameInactive(): void {
    this.#inactive += 1;
  }

  left(connection: Served, wasInactive: boolean): void {
    this.#connections.delete(connection);
    if (wasInactive) this.#inactive -= 1;
    // ip_vs_conn.c, ip_vs_unbind_dest: without a lower threshold, three quarters of the upper one.
    const { upper, lower } = this.#settings.thresholds;
    if (this.#connections.size < (lower > 0 ? lower : upper * 0.75) || upper === 0) this.#overloaded = false;
  }

  templateAdded(): void {
    this.#templates += 1;
  }

  templateRemoved(): void {
    this.#templates -= 1;
  }

  removed(): void {
    for (const connection of this.#connections) connection.realServerRemoved();
  }

  actual(): ActualRealServer {
    return { endpoint: this.endpoint, settings: this.#settings, connections: this.#counts() };
  }

  sample(): RealServerSample {
    return { key: this.key, weight: this.weight, connections: this.#counts(), counters: this.traffic.counters() };
  }

  #counts(): ConnectionCounts {
    return { active: this.active, inactive: this.#inactive, persistent: this.#templates };
  }
}
