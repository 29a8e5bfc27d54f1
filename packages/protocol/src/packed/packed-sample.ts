// A sample that takes as little memory as its figures: what it says of one object is made when somebody asks.
import type { ConnectionCounts, Counters, RealServerSample, Refusals, Sample, ServiceSample } from '@weir/model';
import type { Figures } from './figures.ts';
import type { Layout } from './layout.ts';

export class PackedSample implements Sample {
  readonly measuredAtMs: number;
  readonly layout: Layout;
  readonly #figures: Figures;
  readonly #refused: readonly (Refusals | null)[];

  constructor(measuredAtMs: number, parts: { readonly layout: Layout; readonly figures: Figures; readonly refused: readonly (Refusals | null)[] }) {
    this.measuredAtMs = measuredAtMs;
    this.layout = parts.layout;
    this.#figures = parts.figures;
    this.#refused = parts.refused;
  }

  get services(): ServiceSample[] {
    return this.layout.services.map((_, index) => this.#serviceAt(index));
  }

  service(key: string): ServiceSample | null {
    const index = this.layout.serviceAt.get(key);
    return index === undefined ? null : this.#serviceAt(index);
  }

  /** Services and real servers. */
  get rows(): number {
    return this.layout.services.length + this.layout.realServers.length;
  }

  #serviceAt(index: number): ServiceSample {
    return new PackedService(this.layout, this.#figures, index, this.#refused[index] ?? null);
  }
}

class PackedService implements ServiceSample {
  readonly #layout: Layout;
  readonly #figures: Figures;
  readonly #index: number;
  readonly refused: Refusals | null;
  #realServers: RealServerSample[] | null = null;

  constructor(layout: Layout, figures: Figures, index: number, refused: Refusals | null) {
    this.#layout = layout;
    this.#figures = figures;
    this.#index = index;
    this.refused = refused;
  }

  get key(): string {
    return this.#layout.services[this.#index] ?? '';
  }

  get counters(): Counters {
    return this.#figures.counters(this.#index);
  }

  get realServers(): readonly RealServerSample[] {
    this.#realServers ??= this.#layout.realServers
      .slice(this.#layout.firsts[this.#index], this.#layout.firsts[this.#index + 1])
      .map((key, index) => new PackedRealServer(this.#layout, this.#figures, key, (this.#layout.firsts[this.#index] ?? 0) + index));
    return this.#realServers;
  }
}

class PackedRealServer implements RealServerSample {
  readonly key: string;
  readonly #layout: Layout;
  readonly #figures: Figures;
  readonly #index: number;

  constructor(layout: Layout, figures: Figures, key: string, index: number) {
    this.key = key;
    this.#layout = layout;
    this.#figures = figures;
    this.#index = index;
  }

  get weight(): number {
    return this.#figures.weight(this.#index);
  }

  get connections(): ConnectionCounts {
    return this.#figures.connections(this.#index);
  }

  get counters(): Counters {
    // Rows of services come first.
    return this.#figures.counters(this.#layout.services.length + this.#index);
  }
}
