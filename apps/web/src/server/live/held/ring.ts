// The last minutes of one director's samples, bounded in time, number and rows; and which two of them make a rate. Pure.
import type { ByteKind } from '@weir/model';
import type { PackedSample } from '@weir/protocol';
import { HeldService } from './held-service.ts';

interface From {
  readonly bootId: string;
  readonly byteKind: ByteKind;
  /** By the panel's clock. */
  readonly receivedAtMs: number;
}

/** A sample, and where it came from. */
export interface HeldSample extends From {
  readonly measuredAtMs: number;
  readonly rows: number;
  readonly serviceKeys: readonly string[];
  readonly service: (key: string) => HeldService | null;
}

export function hold(sample: PackedSample, from: From): HeldSample {
  const service = (key: string): HeldService | null => {
    const found = sample.service(key);
    return found === null ? null : new HeldService(found);
  };
  return { ...from, measuredAtMs: sample.measuredAtMs, rows: sample.rows, serviceKeys: sample.layout.services, service };
}

export interface RingBounds {
  readonly keepMs: number;
  readonly samplesMax: number;
  /** Services and real servers over all samples: a row is about 80 bytes. */
  readonly rowsMax: number;
}

export const usualRingBounds: RingBounds = { keepMs: 15 * 60_000, samplesMax: 1_000, rowsMax: 1_000_000 };

/** In the order in which they came; the newest always stays. */
export class Ring {
  readonly #bounds: RingBounds;
  #samples: HeldSample[] = [];
  #rows = 0;

  constructor(bounds: RingBounds = usualRingBounds) {
    this.#bounds = bounds;
  }

  add(sample: HeldSample): void {
    this.#dropAfter(sample.receivedAtMs);
    this.#samples.push(sample);
    this.#rows += sample.rows;
    const { keepMs, samplesMax, rowsMax } = this.#bounds;
    let dropped = 0;
    for (const old of this.#samples.slice(0, -1)) {
      const fits = this.#samples.length - dropped <= samplesMax && this.#rows <= rowsMax && sample.receivedAtMs - old.receivedAtMs <= keepMs;
      if (fits) break;
      this.#rows -= old.rows;
      dropped += 1;
    }
    if (dropped > 0) this.#samples = this.#samples.slice(dropped);
  }

  get length(): number {
    return this.#samples.length;
  }

  get rows(): number {
    return this.#rows;
  }

  dropOldest(): void {
    const [oldest, ...left] = this.#samples;
    if (oldest === undefined) return;
    this.#rows -= oldest.rows;
    this.#samples = left;
  }

  /** What came in a time that is yet to come: the panel's clock was set back, and what is looked for stands in order. */
  #dropAfter(atMs: number): void {
    for (let last = this.#samples.at(-1); last !== undefined && last.receivedAtMs > atMs; last = this.#samples.at(-1)) {
      this.#samples.pop();
      this.#rows -= last.rows;
    }
  }

  /** The newest that had come by then. */
  latest(atMs: number): HeldSample | null {
    return this.#samples[this.#indexAt(atMs)] ?? null;
  }

  /** Of the newest that had come by then; -1 where none had. Found by halves: history asks for hundreds of moments of each director. */
  #indexAt(atMs: number): number {
    let [low, high] = [0, this.#samples.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#samples[middle]?.receivedAtMs ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  oldestAtMs(): number | null {
    return this.#samples[0]?.receivedAtMs ?? null;
  }

  /**
   * The one that makes a rate with `after`: the nearest that is at least one refresh of the counters older. Null where the agent started
   * anew since, or where seconds are missing: a rate over them would hide what happened.
   */
  before(after: HeldSample, refreshMs: number): HeldSample | null {
    const shortestMs = Math.max(refreshMs, shortestWindowMs);
    for (let index = this.#indexAt(after.receivedAtMs); index >= 0; index -= 1) {
      const found = this.#samples[index];
      if (found === undefined || after.measuredAtMs - found.measuredAtMs < shortestMs) continue;
      return found.bootId === after.bootId && after.measuredAtMs - found.measuredAtMs <= shortestMs + missingMs ? found : null;
    }
    return null;
  }
}

// Ticks come once a second, give or take.
const shortestWindowMs = 500;
const missingMs = 2_000;
