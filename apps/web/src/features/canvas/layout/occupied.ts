// Which places of one lane are taken.
import { gap, pitch } from './measures.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Occupied {
  readonly #rows = new Map<number, Rect[]>();
  /** The lower edge of all. */
  bottom = 0;

  /** Whether nothing is there, nor nearer than the gap. */
  isFree(rect: Rect): boolean {
    for (let row = rowOf(rect.y - gap); row <= rowOf(rect.y + rect.height + gap); row += 1) {
      if (this.#rows.get(row)?.some((other) => touches(rect, other)) === true) return false;
    }
    return true;
  }

  add(rect: Rect): void {
    for (let row = rowOf(rect.y); row <= rowOf(rect.y + rect.height); row += 1) {
      const there = this.#rows.get(row);
      if (there === undefined) this.#rows.set(row, [rect]);
      else there.push(rect);
    }
    this.bottom = Math.max(this.bottom, rect.y + rect.height);
  }
}

function rowOf(y: number): number {
  return Math.floor(y / pitch);
}

function touches(one: Rect, other: Rect): boolean {
  return one.x < other.x + other.width + gap && other.x < one.x + one.width + gap
    && one.y < other.y + other.height + gap && other.y < one.y + one.height + gap;
}
