// How many connections there may be, in all, per service and per client, and how many clients were turned away.
import { familyOf, noRefusals } from '@weir/model';
import type { IpAddress, RefusalReason, Refusals } from '@weir/model';
import { networkOf } from './network.ts';
import { Bound } from './bound.ts';
import type { ProxyLimits } from './limits.ts';

/** One client: an IPv4 address, or the /64 in which an IPv6 host takes as many addresses as it likes. */
function sourceOf(cip: IpAddress): string {
  return networkOf(cip, familyOf(cip) === 'ipv4' ? 32 : 64);
}

export class Admission {
  readonly #limits: ProxyLimits;
  readonly #connections: Bound;
  readonly #sources = new Map<string, number>();
  readonly #refused = { ...noRefusals };

  constructor(limits: ProxyLimits) {
    this.#limits = limits;
    this.#connections = new Bound(limits.maxConnections);
  }

  get refused(): Refusals {
    return { ...this.#refused };
  }

  /** Lets one more of a client into a service that has so many, and gives what to call when it leaves, or what is in the way. */
  enter(cip: IpAddress, inService: number): (() => void) | RefusalReason {
    const source = sourceOf(cip);
    const ofSource = this.#sources.get(source) ?? 0;
    const reason = this.#obstacle(inService, ofSource);
    if (reason !== null) return reason;
    this.#connections.take();
    this.#sources.set(source, ofSource + 1);
    return () => this.#leave(source);
  }

  refuse(reason: RefusalReason): void {
    this.#refused[reason] += 1n;
  }

  #obstacle(inService: number, ofSource: number): RefusalReason | null {
    if (this.#connections.full) return 'forwarderFull';
    if (inService >= this.#limits.maxConnectionsPerService) return 'serviceFull';
    return ofSource >= this.#limits.maxConnectionsPerSource ? 'sourceFull' : null;
  }

  #leave(source: string): void {
    this.#connections.give();
    const left = (this.#sources.get(source) ?? 0) - 1;
    if (left > 0) this.#sources.set(source, left);
    else this.#sources.delete(source);
  }
}

/** The way into one service: whom it turns away is counted here and in all. */
export class Gate {
  readonly #admission: Admission;
  readonly #refused = { ...noRefusals };

  constructor(admission: Admission) {
    this.#admission = admission;
  }

  get refused(): Refusals {
    return { ...this.#refused };
  }

  /** Null where it was refused, and counted as that. */
  enter(cip: IpAddress, inService: number): (() => void) | null {
    const entered = this.#admission.enter(cip, inService);
    if (typeof entered === 'function') return entered;
    this.refuse(entered);
    return null;
  }

  refuse(reason: RefusalReason): void {
    this.#refused[reason] += 1n;
    this.#admission.refuse(reason);
  }
}
