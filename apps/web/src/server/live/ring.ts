// The last minutes of one director's samples, bounded in time, number and rows; and which two of them make a rate. Pure.
import type { ByteKind, RealServerSample, Sample, ServiceSample } from '@weir/model';

/** A sample with ways to find what it says of one object. */
export interface HeldSample {
  readonly bootId: string;
  readonly byteKind: ByteKind;
  readonly measuredAtMs: number;
  /** By the panel's clock. */
  readonly receivedAtMs: number;
  readonly services: ReadonlyMap<string, HeldService>;
  readonly rows: number;
}

export interface HeldService {
  readonly sample: ServiceSample;
  readonly realServers: ReadonlyMap<string, RealServerSample>;
}

export function hold(sample: Sample, from: Pick<HeldSample, 'bootId' | 'byteKind' | 'receivedAtMs'>): HeldSample {
  const services = new Map(sample.services.map((service): [string, HeldService] => (
    [service.key, { sample: service, realServers: new Map(service.realServers.map((realServer) => [realServer.key, realServer])) }])));
  const rows = sample.services.reduce((sum, { realServers }) => sum + 1 + realServers.length, 0);
  return { ...from, measuredAtMs: sample.measuredAtMs, services, rows };
}

export interface RingBounds {
  readonly keepMs: number;
  readonly samplesMax: number;
  /** Services and real servers over all samples: a row is about 400 bytes. */
  readonly rowsMax: number;
}

export const usualRingBounds: RingBounds = { keepMs: 15 * 60_000, samplesMax: 1_000, rowsMax: 200_000 };

/** In the order in which they came; the newest always stays. */
export class Ring {
  readonly #bounds: RingBounds;
  #samples: HeldSample[] = [];
  #rows = 0;

  constructor(bounds: RingBounds = usualRingBounds) {
    this.#bounds = bounds;
  }

  add(sample: HeldSample): void {
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

  /** The newest that had come by then. */
  latest(atMs: number): HeldSample | null {
    return this.#samples.findLast(({ receivedAtMs }) => receivedAtMs <= atMs) ?? null;
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
    const found = this.#samples.findLast(({ measuredAtMs }) => after.measuredAtMs - measuredAtMs >= shortestMs);
    if (found === undefined || found.bootId !== after.bootId) return null;
    return after.measuredAtMs - found.measuredAtMs <= shortestMs + missingMs ? found : null;
  }
}

// Ticks come once a second, give or take.
const shortestWindowMs = 500;
const missingMs = 2_000;
