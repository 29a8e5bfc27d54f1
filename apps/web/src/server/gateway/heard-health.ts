// How the real servers of one director stand, put together from what its agent says: all at first, then what changes.
import type { CheckerState, HealthEvent, ServiceStanding } from '@weir/protocol';

/** Of one director: more than any has. What an agent says beyond that is left out. */
const SERVICES_MAX = 50_000;

export class HeardHealth {
  #services = new Map<string, ServiceStanding>();
  #checker: CheckerState | null = null;
  #atMs: number | null = null;

  take({ whole, services, checker, atMs }: HealthEvent): void {
    if (whole) this.#services = new Map();
    for (const service of services) {
      const key = keyOf(service);
      if (this.#services.size < SERVICES_MAX || this.#services.has(key)) this.#services.set(key, service);
    }
    this.#checker = checker;
    this.#atMs = atMs;
  }

  /** Null: nothing is asked of its real servers there, or nothing was heard. */
  of(service: { readonly clusterId: string; readonly serviceId: string }): ServiceStanding | null {
    return this.#services.get(keyOf(service)) ?? null;
  }

  all(): IterableIterator<ServiceStanding> {
    return this.#services.values();
  }

  /** Null: never heard of, as from an agent of version 2. */
  get checker(): CheckerState | null {
    return this.#checker;
  }

  /** Of its own clock, when it last said anything new; null: never. */
  get atMs(): number | null {
    return this.#atMs;
  }
}

function keyOf({ clusterId, serviceId }: { readonly clusterId: string; readonly serviceId: string }): string {
  return `${clusterId}/${serviceId}`;
}
