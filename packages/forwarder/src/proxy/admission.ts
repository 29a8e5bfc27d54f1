// How many connections there may be, in all and per service, and how many clients were turned away.

/** Why a client was reset instead of served: nobody to serve it, or a bound. */
export type RefusalReason = 'noRealServer' | 'serviceFull' | 'forwarderFull';

export type Refusals = Readonly<Record<RefusalReason, bigint>>;

export class Admission {
  readonly #maxConnections: number;
  readonly #refused = { noRealServer: 0n, serviceFull: 0n, forwarderFull: 0n };
  #open = 0;

  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections;
  }

  get refused(): Refusals {
    return { ...this.#refused };
  }

  get full(): boolean {
    return this.#open >= this.#maxConnections;
  }

  entered(): void {
    this.#open += 1;
  }

  left(): void {
    this.#open -= 1;
  }

  refuse(reason: RefusalReason): void {
    this.#refused[reason] += 1n;
  }
}
