// What a service or a real server carried since it was added.
import type { Counters } from '@weir/model';

/** Counts in numbers, which cost nothing per chunk, and keeps the sum as bigint before a number loses its last digit. */
class Tally {
  #sum = 0n;
  #recent = 0;

  add(amount: number): void {
    this.#recent += amount;
    if (this.#recent > 2 ** 50) this.#fold();
  }

  get value(): bigint {
    this.#fold();
    return this.#sum;
  }

  #fold(): void {
    this.#sum += BigInt(this.#recent);
    this.#recent = 0;
  }
}

export class Traffic {
  readonly #connections = new Tally();
  readonly #bytesIn = new Tally();
  readonly #bytesOut = new Tally();

  /**
   * A real server accepted a TCP connection; a UDP flow, or a single datagram, was scheduled to it. IPVS always counts when it schedules;
   * here a TCP client may be scheduled to several real servers before one accepts it, and is counted once, where it was served.
   */
  connected(): void {
    this.#connections.add(1);
  }

  fromClient(bytes: number): void {
    this.#bytesIn.add(bytes);
  }

  fromRealServer(bytes: number): void {
    this.#bytesOut.add(bytes);
  }

  counters(): Counters {
    return {
      connections: this.#connections.value,
      // Neither segments nor the fragments of a datagram are seen here, and one figure for TCP and UDP has to mean one thing.
      packetsIn: 'userSpace',
      packetsOut: 'userSpace',
      bytesIn: this.#bytesIn.value,
      bytesOut: this.#bytesOut.value,
    };
  }
}
