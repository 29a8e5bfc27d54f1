// Makes intervals of the samples of one director. Pure: time is what samples say.
import type { ByteKind, Counters } from '../live/counters.ts';
import type { Sample, ServiceSample } from '../live/sample.ts';
import type { EndpointKey, ServiceKey } from '../table/table.ts';
import type { Step } from './carrying.ts';
import { zeros } from './growth.ts';
import { intervalMs } from './interval.ts';
import type { Interval } from './interval.ts';
import type { Labels } from './labels.ts';
import { LivedTime } from './lived-time.ts';
import type { Lived } from './lived-time.ts';
import { TrackedService } from './tracked-service.ts';

/** Samples further apart have a hole between them. */
const HOLE_MS = 2_500;

/** What all counters showed at one moment: what the next ones are compared with. */
export interface Shown {
  readonly atMs: number;
  readonly services: readonly {
    readonly key: ServiceKey;
    readonly counters: Counters;
    readonly realServers: readonly { readonly key: EndpointKey; readonly counters: Counters }[];
  }[];
}

export interface MakerOptions {
  readonly byteKind: ByteKind;
  /** How often the forwarder renews its counters. */
  readonly countersRefreshMs: number;
  /** A real server that is removed may come back with the counters it had, as long as connections remember it (ip_vs_ctl.c, ip_vs_trash_get_dest). */
  readonly bringsBack: boolean;
  /**
   * What counters grow from: what they showed when this life of the forwarder was last looked at; `nothing` in a new life, whatever they show counts;
   * `unknown`: what they show at first was counted nobody knows when, and does not count.
   */
  readonly from: Shown | 'nothing' | 'unknown';
  readonly lived: readonly Lived[];
  /** Asked when an interval closes. */
  readonly labels: () => Labels;
}

export interface Closed {
  readonly interval: Omit<Interval, 'sequence'>;
  /** When it closed. */
  readonly shown: Shown;
  readonly lived: readonly Lived[];
}

export class IntervalMaker {
  readonly #options: MakerOptions;
  readonly #services = new Map<ServiceKey, TrackedService>();
  readonly #lived: LivedTime;
  /** Of the interval that is being made; null: the next sample begins one. */
  #startMs: number | null = null;
  /** Something of a time that was lived before waits for the next interval. */
  #isHeld = false;
  #atMs: number | null = null;
  /** Counts samples. */
  #turn = 0;

  constructor(options: MakerOptions) {
    this.#options = options;
    this.#lived = new LivedTime(options.lived);
    if (typeof options.from === 'string') return;
    for (const { key, counters, realServers } of options.from.services) {
      const service = new TrackedService(counters, 0, options);
      for (const realServer of realServers) service.expect(realServer.key, realServer.counters, options.from.atMs);
      this.#services.set(key, service);
    }
  }

  /** Null: no interval is over yet. */
  take(sample: Sample): Closed | null {
    const step = this.#stepTo(sample.measuredAtMs);
    const startMs = intervalOf(step);
    const isNew = startMs !== this.#startMs && !this.#lived.has(startMs);
    const before = isNew ? this.#close() : null;
    if (isNew) this.#startMs = startMs;
    // In a time that was lived before, and of whose interval nothing can be said any more, all that is known goes into the one that comes next.
    this.#isHeld ||= startMs !== this.#startMs;
    this.#follow(sample.services, startMs === this.#startMs ? step : { ...step, isMeasured: false });
    const isOver = before === null && startMs === this.#startMs && step.atMs >= startMs + intervalMs;
    return isOver ? this.#close() : before;
  }

  /** Closes the interval that is being made, though it may not be over; null: none is. What is held is said as the next one, if that is near. */
  end(): Closed | null {
    if (this.#startMs === null && this.#isHeld && this.#atMs !== null) {
      const freeMs = this.#lived.freeFrom(startOf(this.#atMs));
      if (freeMs - this.#atMs <= intervalMs) this.#startMs = freeMs;
    }
    return this.#close();
  }

  #close(): Closed | null {
    const startMs = this.#startMs;
    if (startMs === null) return null;
    const labels = this.#options.labels();
    const services = [...this.#services].flatMap(([key, service]) => service.close(key, labels.get(key) ?? null, this.#turn) ?? []);
    for (const [key, service] of this.#services) if (!service.isThere(this.#turn)) this.#services.delete(key);
    this.#lived.add({ fromMs: startMs, toMs: startMs + intervalMs });
    this.#startMs = null;
    this.#isHeld = false;
    return { interval: { startMs, byteKind: this.#options.byteKind, services }, shown: this.#shown(), lived: this.#lived.spans };
  }

  #shown(): Shown {
    return { atMs: this.#atMs ?? 0, services: [...this.#services].map(([key, service]) => ({ key, counters: service.shown, realServers: service.shownRealServers() })) };
  }

  #stepTo(atMs: number): Step {
    const ms = this.#atMs === null ? 0 : atMs - this.#atMs;
    this.#atMs = atMs;
    return { atMs, ms, isMeasured: ms > 0 && ms <= HOLE_MS };
  }

  #follow(services: readonly ServiceSample[], step: Step): void {
    const isUnknown = this.#turn === 0 && this.#options.from === 'unknown';
    this.#turn += 1;
    for (const sample of services) {
      let service = this.#services.get(sample.key);
      if (service === undefined) {
        service = isUnknown ? this.#expected(sample, step.atMs) : new TrackedService(zeros, -1, this.#options);
        this.#services.set(sample.key, service);
      }
      service.follow(sample, step, this.#turn);
    }
  }

  #expected({ counters, realServers }: ServiceSample, atMs: number): TrackedService {
    const service = new TrackedService(counters, 0, this.#options);
    for (const realServer of realServers) service.expect(realServer.key, realServer.counters, atMs);
    return service;
  }
}

/** What grew between two samples belongs where most of that time is; after a hole to where it was seen. */
function intervalOf({ atMs, ms, isMeasured }: Step): number {
  const belongsMs = isMeasured ? atMs - ms / 2 : atMs;
  return startOf(belongsMs);
}

function startOf(atMs: number): number {
  return Math.floor(atMs / intervalMs) * intervalMs;
}
