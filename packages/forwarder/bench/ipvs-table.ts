// What things took on one of the two machines, beside each other.
import type { Took } from './ipvs.guest.ts';

export type Measure = 'cpu' | 'elapsed';

interface Column {
  readonly name: string;
  readonly of: (all: readonly Took[]) => number;
}

type Statistic = (values: readonly number[]) => number;

const least: Statistic = (values) => Math.min(...values);
const most: Statistic = (values) => Math.max(...values);
const median: Statistic = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle] ?? Number.NaN : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
};

function column(name: string, of: Statistic, figure: keyof Took): Column {
  return { name, of: (all) => of(all.map((took) => took[figure])) };
}

/** Compared are those of the first column, and of elapsed times those of the second too. */
const columns: Readonly<Record<Measure, { readonly figures: readonly Column[]; readonly compared: number }>> = {
  cpu: {
    figures: [column('CPU ms', median, 'cpuMs'), column('from', least, 'cpuMs'), column('to', most, 'cpuMs'), column('in kernel', median, 'systemMs')],
    compared: 1,
  },
  elapsed: {
    figures: [column('least ms', least, 'elapsedMs'), column('median', median, 'elapsedMs'), column('to', most, 'elapsedMs'), column('CPU ms', median, 'cpuMs')],
    compared: 2,
  },
};

const NAME_WIDTH = 36;
const WIDTH = 12;

function line(name: string, cells: readonly string[]): string {
  return `${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(WIDTH)).join('')}`;
}

export class Table {
  readonly #measure: Measure;
  /** By its name, in the order in which names came. */
  readonly #took = new Map<string, Took[]>();

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  async add(name: string, measure: Promise<Took>): Promise<void> {
    const took = await measure;
    this.#took.set(name, [...this.#took.get(name) ?? [], took]);
    console.error(`${name}: ${took.elapsedMs.toFixed(1)} ms, CPU ${took.cpuMs.toFixed(1)} ms`);
  }

  medianCpuMs(name: string): number {
    return median(this.#took.get(name)?.map(({ cpuMs }) => cpuMs) ?? []);
  }

  /** The last columns: how many times less than `than`. */
  print(title: string, than: string): void {
    const { figures, compared } = columns[this.#measure];
    const bases = figures.slice(0, compared).map((figure) => figure.of(this.#took.get(than) ?? []));
    const ratioNames = this.#measure === 'cpu' ? ['cheaper'] : ['faster', 'by median'];
    console.log(`\n${title}\n${line('', [...figures.map(({ name }) => name), ...ratioNames])}`);
    for (const [name, all] of this.#took) {
      const found = figures.map((figure) => figure.of(all));
      const ratios = bases.map((base, at) => `${(base / (found[at] ?? Number.NaN)).toFixed(1)}x`);
      console.log(line(name, [...found.map((ms) => ms.toFixed(ms < 10 ? 3 : 1)), ...ratios]));
    }
  }
}
