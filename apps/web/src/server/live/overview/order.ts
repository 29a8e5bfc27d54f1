// Which services are shown first: the gravest, then those that carry most. Pure.
import { gravestOf, Trouble } from '../../../live/service-line.ts';
import type { ServiceLine } from '../../../live/service-line.ts';

const gravity = new Map(Trouble.options.map((trouble, index) => [trouble, index]));
const untroubled = Trouble.options.length;

/** Smaller is graver. */
function gravityOf({ troubles }: Pick<ServiceLine, 'troubles'>): number {
  const gravest = gravestOf(troubles);
  return gravest === null ? untroubled : gravity.get(gravest) ?? untroubled;
}

/** In powers of two: what carries about the same keeps its place from second to second. */
function magnitudeOf({ carried: { perSecond: { bytesIn, connections } } }: Pick<ServiceLine, 'carried'>): number {
  const carried = typeof bytesIn === 'number' ? bytesIn : typeof connections === 'number' ? connections : 0;
  return Math.floor(Math.log2(carried + 1));
}

interface Ranked {
  readonly line: ServiceLine;
  readonly gravity: number;
  readonly magnitude: number;
}

function isBefore(a: Ranked, b: Ranked): boolean {
  if (a.gravity !== b.gravity) return a.gravity < b.gravity;
  if (a.magnitude !== b.magnitude) return a.magnitude > b.magnitude;
  return a.line.name === b.line.name ? a.line.key < b.line.key : a.line.name < b.line.name;
}

/** The first `most` of any number of lines, in order, without sorting all of them. */
export class FirstLines {
  readonly #most: number;
  readonly #first: Ranked[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(line: ServiceLine): void {
    const ranked = { line, gravity: gravityOf(line), magnitude: magnitudeOf(line) };
    const last = this.#first.at(-1);
    if (this.#first.length >= this.#most && last !== undefined && !isBefore(ranked, last)) return;
    const place = this.#first.findIndex((each) => isBefore(ranked, each));
    this.#first.splice(place === -1 ? this.#first.length : place, 0, ranked);
    if (this.#first.length > this.#most) this.#first.pop();
  }

  lines(): ServiceLine[] {
    return this.#first.map(({ line }) => line);
  }
}
