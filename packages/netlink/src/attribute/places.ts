// Where the attributes of a set lie, found without making objects: for what comes by the tens of thousands.
import { malformed } from '../error.ts';
import { AttributeCursor, s32At } from './cursor.ts';
import type { AttributeNames } from './cursor.ts';

/** A set, and how many bytes each of its values has. */
export interface AttributeSizes extends AttributeNames {
  readonly largest: number;
  isSize(number: number, length: number): boolean;
}

/** The kernel lays out most messages of a dump alike: of one whose headers are where they were in the one before, all is known. */
export class AttributePlaces {
  /** Where the value of each attribute begins, by its number, counted from the beginning of the set. 0: it is missing. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly #sizes: AttributeSizes;
  readonly #required: readonly number[];
  readonly #cursor: AttributeCursor;
  /** Place and word of each header, one after the other. */
  readonly #headers: number[] = [];
  #length = -1;

  /** Those that are required are numbers of attributes; finding throws where one is missing. */
  constructor(sizes: AttributeSizes, required: readonly number[]) {
    this.#sizes = sizes;
    this.#required = required;
    this.#cursor = new AttributeCursor(sizes);
    this.starts = new Int32Array(sizes.largest + 1);
    this.ends = new Int32Array(sizes.largest + 1);
  }

  find(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#isAsBefore(bytes, start, end)) this.#look(bytes, start, end);
  }

  #isAsBefore(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== this.#length) return false;
    const headers = this.#headers;
    for (let at = 0; at < headers.length; at += 2) if (s32At(bytes, start + (headers[at] ?? 0)) !== headers[at + 1]) return false;
    return true;
  }

  #look(bytes: Uint8Array, start: number, end: number): void {
    const { starts, ends } = this;
    const cursor = this.#cursor;
    this.#length = -1;
    this.#headers.length = 0;
    starts.fill(0);
    ends.fill(0);
    cursor.open(bytes, start, end);
    while (cursor.next()) {
      this.#headers.push(cursor.header - start, s32At(bytes, cursor.header));
      if (cursor.number >= starts.length) continue;
      const length = cursor.end - cursor.start;
      if (!this.#sizes.isSize(cursor.number, length)) throw this.#malformed(cursor.number, `has ${length} bytes`);
      starts[cursor.number] = cursor.start - start;
      ends[cursor.number] = cursor.end - start;
    }
    for (const number of this.#required) if (starts[number] === 0) throw this.#malformed(number, 'is missing');
    this.#length = end - start;
  }

  #malformed(number: number, reason: string): Error {
    return malformed(`${this.#sizes.name}.${this.#sizes.nameOf(number)}`, reason);
  }
}
