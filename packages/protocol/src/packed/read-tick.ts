// Reads the text of a tick that has the keys of the one before, as agents write it, without making anything of it but its figures: half a
// million counters a second as strings would cost more than all the rest. What is written otherwise is null, and read the long way.
import { noRefusals } from '@weir/model';
import type { Refusals } from '@weir/model';
import { exactDigits, Figures, perRealServer, perRow } from './figures.ts';
import type { Layout } from './layout.ts';
import type { PackedTick } from './pack-tick.ts';
import { PackedSample } from './packed-sample.ts';

const zero = 48;
const quote = 34;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isOver(): boolean {
    return this.#at === this.#text.length;
  }

  skip(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  /** Up to the next quote, and past it. */
  word(): string {
    const end = this.#text.indexOf('"', this.#at);
    const word = this.#text.slice(this.#at, end === -1 ? this.#at : end);
    this.#at = end === -1 ? this.#at : end + 1;
    return word;
  }

  /** Digits that are exact in a number; -1 where there are none, and where it is written otherwise. */
  number(): number {
    const start = this.#at;
    let value = 0;
    let digit = this.#text.charCodeAt(start) - zero;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      this.#at += 1;
      digit = this.#text.charCodeAt(this.#at) - zero;
    }
    const length = this.#at - start;
    return length === 0 || length > exactDigits || (length > 1 && this.#text.charCodeAt(start) === zero) ? -1 : value;
  }

  /** Counters in quotes, with commas between them. */
  counters(figures: Figures, row: number): boolean {
    for (let index = 0; index < perRow; index += 1) {
      if (!this.skip(index === 0 ? '"' : ',"')) return false;
      const start = this.#at;
      const value = this.number();
      if (value !== -1 && this.#text.charCodeAt(this.#at) === quote) {
        figures.setCounter(row * perRow + index, value);
        this.#at += 1;
      } else {
        this.#at = start;
        if (!figures.putCounter(row * perRow + index, this.word())) return false;
      }
    }
    return true;
  }
}

/** Null: not such a tick. What it says is never a part of the text, which would keep all of it alive: also the boot is that of the one before. */
export function readTick(text: string, { bootId, sample: { layout } }: PackedTick): PackedTick | null {
  const reader = new Reader(text);
  if (!layout.isPlain || !reader.skip(`{"kind":"tick","bootId":"${bootId}","sequence":`)) return null;
  const sequence = reader.number();
  if (sequence === -1 || !reader.skip(',"measuredAtMs":')) return null;
  const measuredAtMs = reader.number();
  if (measuredAtMs === -1 || !reader.skip(',"services":[')) return null;
  const figures = new Figures(layout.services.length + layout.realServers.length, layout.realServers.length);
  const refused: (Refusals | null)[] = [];
  for (const [index, key] of layout.services.entries()) {
    if (index > 0 && !reader.skip(',')) return null;
    if (!reader.skip('["') || !reader.skip(key) || !reader.skip('",[') || !reader.counters(figures, index)) return null;
    if (!reader.skip('],[') || !readRealServers(reader, layout, figures, index) || !reader.skip('],')) return null;
    if (reader.skip('null]')) refused.push(null);
    else if (reader.skip('[]]')) refused.push(noRefusals);
    else return null;
  }
  return reader.skip(']}') && reader.isOver ? { bootId, sequence, sample: new PackedSample(measuredAtMs, { layout, figures, refused }) } : null;
}

function readRealServers(reader: Reader, { services, realServers, firsts }: Layout, figures: Figures, service: number): boolean {
  const [first = 0, end = 0] = [firsts[service], firsts[service + 1]];
  for (let at = first; at < end; at += 1) {
    if (at > first && !reader.skip(',')) return false;
    if (!reader.skip('["') || !reader.skip(realServers[at] ?? '') || !reader.skip('",')) return false;
    if (!readCounts(reader, figures, at) || !reader.skip('[') || !reader.counters(figures, services.length + at) || !reader.skip(']]')) return false;
  }
  return true;
}

/** Weight, active, inactive, persistent, each with the comma after it. */
function readCounts(reader: Reader, figures: Figures, realServer: number): boolean {
  for (let index = 0; index < perRealServer; index += 1) {
    const isNull = index === perRealServer - 1 && reader.skip('null');
    const count = isNull ? Number.NaN : reader.number();
    if (count === -1 || !reader.skip(',')) return false;
    figures.setCount(realServer * perRealServer + index, count);
  }
  return true;
}
