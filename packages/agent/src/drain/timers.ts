// The timers of the connections that a drain waits for, from the one reader of the connection table, at a modest pace.
import { CONNECTIONS_MAX, drainEstimate } from '@weir/model';
import type { ConnectionChoice, DrainEstimate } from '@weir/model';
import type { Forwarder } from '@weir/forwarder';
import type { Place } from './places.ts';

/** From the end of one look to the next. */
const PACE_MS = 10_000;

export interface TimersParts {
  readonly forwarder: Pick<Forwarder, 'connections'>;
  readonly found: (drainId: string, estimate: DrainEstimate | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Null where they are not of one host: the table is looked through for one. */
function choiceOf(places: readonly Place[]): ConnectionChoice | null {
  const [first, ...others] = places;
  if (first === undefined || others.some(({ rip }) => rip !== first.rip)) return null;
  const { rip, port } = first;
  // With port 0 it takes any; of a host, every port is drained.
  return { filter: others.length > 0 || port === 0 ? { rip } : { rip, realPort: port }, services: places.map(({ match }) => match) };
}

export class Timers {
  readonly #parts: TimersParts;
  readonly #dueMs = new Map<string, number>();
  #looking = false;

  constructor(parts: TimersParts) {
    this.#parts = parts;
  }

  /** Looks, unless it looks already or has just looked. `persistent`: how many clients are remembered; null where nobody counts them. */
  look(drainId: string, places: readonly Place[], persistent: number | null): void {
    const choice = choiceOf(places);
    if (this.#looking || choice === null || (this.#dueMs.get(drainId) ?? 0) > performance.now()) return;
    this.#looking = true;
    this.#dueMs.set(drainId, Infinity);
    void this.#parts.forwarder.connections(CONNECTIONS_MAX, choice)
      .then((list) => this.#parts.found(drainId, drainEstimate(list, persistent)), (error: unknown) => {
        this.#parts.found(drainId, null);
        this.#parts.failed(error);
      })
      .finally(() => {
        this.#looking = false;
        // Not of one that was forgotten meanwhile.
        if (this.#dueMs.has(drainId)) this.#dueMs.set(drainId, performance.now() + PACE_MS);
      });
  }

  forget(drainId: string): void {
    this.#dueMs.delete(drainId);
  }
}
