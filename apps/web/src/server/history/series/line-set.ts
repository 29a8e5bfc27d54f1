// The lines of an answer while they are added up: one for the subject as a whole, or one for each of its real servers. Pure.
import type { ByteKind } from '@weir/model';
import type { HistoryAnswer, HistoryLine } from '../../../history/series.ts';
import { Looked } from './looked.ts';
import { Steps } from './steps.ts';
import type { Axis } from './steps.ts';
import type { Lines } from './lines.ts';

interface Line {
  readonly realServerId: string | null;
  readonly name: string;
  readonly steps: Steps;
  /** Over the whole range, where that is known better than by its points. */
  readonly whole: Steps | null;
}

export class LineSet {
  readonly #axis: Axis;
  readonly #withWhole: boolean;
  readonly #lines = new Map<string | null, Line>();
  readonly looked: Looked;

  constructor(initial: Lines['initial'], axis: Axis, withWhole = false) {
    this.#axis = axis;
    this.#withWhole = withWhole;
    this.looked = new Looked(axis);
    for (const { realServerId, name } of initial) this.line(realServerId, name);
  }

  /** One that is not there yet is called by its key. */
  line(realServerId: string | null, key: string): Line {
    const known = this.#lines.get(realServerId);
    if (known !== undefined) return known;
    const { fromMs, toMs } = this.#axis;
    const line = { realServerId, name: key, steps: new Steps(this.#axis, this.looked), whole: this.#withWhole ? new Steps({ fromMs, toMs, stepMs: toMs - fromMs }) : null };
    this.#lines.set(realServerId, line);
    return line;
  }

  answer(): Pick<HistoryAnswer, 'fromMs' | 'toMs' | 'stepMs' | 'byteKind' | 'lines'> {
    const lines = [...this.#lines.values()];
    const kinds = new Set<ByteKind | null>(lines.flatMap(({ steps, whole }) => [...steps.byteKinds, ...whole?.byteKinds ?? []]));
    const byteKind = kinds.size === 1 ? [...kinds][0] ?? null : null;
    const withBytes = byteKind !== null;
    const { fromMs, toMs, stepMs } = this.#axis;
    return {
      fromMs, toMs, stepMs, byteKind,
      lines: lines.map(({ realServerId, name, steps, whole }): HistoryLine => ({ realServerId, name, points: steps.points(withBytes), totals: (whole ?? steps).totals(withBytes, this.looked.any()) })),
    };
  }
}
