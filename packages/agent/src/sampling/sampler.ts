// The sampler: reads the counters once a second, on the second, for all who listen.
import { encodeTick } from '@weir/protocol';
import type { Tick } from '@weir/protocol';
import type { Forwarder } from '@weir/forwarder';
import type { Sample } from '@weir/model';
import type { Logger } from 'pino';
import type { Cancel, Clock } from '../clock.ts';

const INTERVAL_MS = 1_000;

export interface SamplerParts {
  readonly bootId: string;
  readonly forwarder: Pick<Forwarder, 'sample'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Sampler {
  readonly #parts: SamplerParts;
  readonly #listeners = new Set<(sample: Sample) => void>();
  #cancel: Cancel | null = null;
  #sampling = false;
  #sequence = 0;
  #newest: Sample | null = null;
  /** Of the newest sample, once somebody asked for it. */
  #latest: Tick | null = null;
  #failing = false;

  constructor(parts: SamplerParts) {
    this.#parts = parts;
  }

  /** The newest tick; null until there is one. */
  get latest(): Tick | null {
    if (this.#newest !== null && this.#latest?.sequence !== this.#sequence) this.#latest = encodeTick(this.#parts.bootId, this.#sequence, this.#newest);
    return this.#latest;
  }

  /** Samples as long as somebody listens. */
  listen(onTick: (sample: Sample) => void): Cancel {
    this.#listeners.add(onTick);
    if (this.#cancel === null) this.#arm();
    return () => {
      this.#listeners.delete(onTick);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #arm(): void {
    const { clock } = this.#parts;
    this.#cancel = clock.after(INTERVAL_MS - (clock.nowMs() % INTERVAL_MS), () => {
      this.#arm();
      void this.#sample();
    });
  }

  /** While the forwarder still owes an answer no other is asked for: then there are no ticks. */
  async #sample(): Promise<void> {
    if (this.#sampling) return;
    this.#sampling = true;
    const { forwarder, log } = this.#parts;
    let sample: Sample;
    try {
      sample = await forwarder.sample();
      this.#sequence += 1;
      this.#newest = sample;
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) log.error({ err: error }, 'the forwarder gives no counters');
      this.#failing = true;
      return;
    } finally {
      this.#sampling = false;
    }
    for (const onTick of this.#listeners) onTick(sample);
  }
}
