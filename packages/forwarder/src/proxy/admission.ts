// How many connections there may be, in all and per service, and how many clients were turned away.
import { Bound } from './bound.ts';
import type { ProxyTuning } from './tuning.ts';

/**
 * Why a TCP client was reset or a datagram dropped: nobody to serve it, or a bound. `queueFull`: it had a real server, but more datagrams
 * waited for the network than may.
 */
export type RefusalReason = 'noRealServer' | 'serviceFull' | 'forwarderFull' | 'templatesFull' | 'queueFull';

export type Refusals = Readonly<Record<RefusalReason, bigint>>;

export class Admission {
  readonly #connections: Bound;
  readonly #maxPerService: number;
  readonly #refused = { noRealServer: 0n, serviceFull: 0n, forwarderFull: 0n, templatesFull: 0n, queueFull: 0n };

  constructor({ maxConnections, maxConnectionsPerService }: ProxyTuning) {
    this.#connections = new Bound(maxConnections);
    this.#maxPerService = maxConnectionsPerService;
  }

  get refused(): Refusals {
    return { ...this.#refused };
  }

  /** Lets one more into a service that has so many; else it is counted as refused. */
  enter(inService: number): boolean {
    const reason = this.#connections.full ? 'forwarderFull' : inService >= this.#maxPerService ? 'serviceFull' : null;
    if (reason === null) return this.#connections.take();
    this.refuse(reason);
    return false;
  }

  leave(): void {
    this.#connections.give();
  }

  refuse(reason: RefusalReason): void {
    this.#refused[reason] += 1n;
  }
}
