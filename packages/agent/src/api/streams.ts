// The streams to panels: the state first and whenever it changes, a tick each second. A slow one skips ticks; none is kept for it.
import type { DirectorState, Tick } from '@weir/protocol';
import { nothingTold } from '../health/telling/said.ts';
import type { HealthSaid, Told } from '../health/telling/said.ts';
import type { NamedEvent } from './daemon.ts';

const MOST_STREAMS = 16;
/** A panel cuts off who says too much in a second, and where much fails much is said. */
const HEALTH_REST_MS = 200;

export interface StreamSource {
  readonly bootId: string;
  /** Null until it is known. */
  state(): DirectorState | null;
  latestTick(): Tick | null;
  /** What of health is new to whoever was told so much; null: nothing. */
  health(told: Told): HealthSaid | null;
  /** Calls back at each new tick until it is cancelled. */
  listen(onTick: () => void): () => void;
}

/** Rests for a while after each time, and rings when that is over. */
class Pace {
  #timer: NodeJS.Timeout | null = null;

  get rests(): boolean {
    return this.#timer !== null;
  }

  rest(bell: Bell): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      bell.ring();
    }, HEALTH_REST_MS);
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

/** Ends a wait when it rings; one that rings while nobody waits is not missed by who looks before waiting. */
class Bell {
  #wake: () => void = () => undefined;

  ring(): void {
    this.#wake();
  }

  next(): Promise<void> {
    return new Promise((resolve) => { this.#wake = resolve; });
  }
}

export class Streams {
  readonly #source: StreamSource;
  /** In the order they began. */
  readonly #open = new Set<{ readonly bell: Bell; readonly end: () => void }>();
  #stateVersion = 0;

  constructor(source: StreamSource) {
    this.#source = source;
  }

  /** The state is another one. */
  stateChanged(): void {
    this.#stateVersion += 1;
    for (const { bell } of this.#open) bell.ring();
  }

  /** Something of health is otherwise. */
  healthChanged(): void {
    for (const { bell } of this.#open) bell.ring();
  }

  endAll(): void {
    for (const { end } of this.#open) end();
  }

  async* events(signal: AbortSignal): AsyncGenerator<NamedEvent, void> {
    const bell = new Bell();
    const ended = new AbortController();
    const end = (): void => {
      ended.abort();
      bell.ring();
    };
    const stream = { bell, end };
    // A panel that was cut off without a word leaves its stream behind; the oldest gives way.
    const [oldest] = this.#open;
    if (oldest !== undefined && this.#open.size >= MOST_STREAMS) oldest.end();
    this.#open.add(stream);
    signal.addEventListener('abort', end);
    const cancel = this.#source.listen(() => bell.ring());
    const pace = new Pace();
    try {
      if (!signal.aborted) yield* this.#follow(bell, pace, ended.signal);
    } finally {
      cancel();
      pace.end();
      signal.removeEventListener('abort', end);
      this.#open.delete(stream);
    }
  }

  async* #follow(bell: Bell, pace: Pace, ended: AbortSignal): AsyncGenerator<NamedEvent, void> {
    const { bootId } = this.#source;
    let seenState = -1;
    let seenTick = this.#source.latestTick()?.sequence ?? 0;
    let told = nothingTold;
    while (!ended.aborted) {
      const state = seenState === this.#stateVersion ? null : this.#source.state();
      const tick = this.#source.latestTick();
      const health = state === null && !pace.rests ? this.#source.health(told) : null;
      if (state !== null) {
        seenState = this.#stateVersion;
        yield { id: `${bootId}.state.${seenState}`, event: { kind: 'state', bootId, state } };
      } else if (health !== null) {
        told = health.told;
        pace.rest(bell);
        yield { id: `${bootId}.health.${told.version}.${told.sequence}`, event: health.event };
      } else if (tick !== null && tick.sequence > seenTick) {
        seenTick = tick.sequence;
        yield { id: `${bootId}.${seenTick}`, event: tick };
      } else await bell.next();
    }
  }
}
