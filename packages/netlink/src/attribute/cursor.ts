// Goes through attributes one after the other and makes no objects of them: for what comes by the tens of thousands.
import { malformed } from '../error.ts';

/** NLA_HDRLEN: u16 length with the header, u16 type. */
const HEADER = 4;
/** NLA_TYPE_MASK: without NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
const TYPE_MASK = 0x3fff;

/** Two words are one long: made so, a bigint costs no division. */
const words = new Uint32Array(2);
const nothing = new Uint8Array(0);
const longs = new BigUint64Array(words.buffer);

export function u16At(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | (bytes[at + 1] ?? 0) << 8;
}

export function be16At(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) << 8 | (bytes[at + 1] ?? 0);
}

export function u32At(bytes: Uint8Array, at: number): number {
  return s32At(bytes, at) >>> 0;
}

export function s32At(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | (bytes[at + 1] ?? 0) << 8 | (bytes[at + 2] ?? 0) << 16 | (bytes[at + 3] ?? 0) << 24;
}

export function u64At(bytes: Uint8Array, at: number): bigint {
  words[0] = s32At(bytes, at);
  words[1] = s32At(bytes, at + 4);
  return longs[0] ?? 0n;
}

/** What an attribute set and its attributes are called in errors. */
export interface AttributeNames {
  readonly name: string;
  nameOf(number: number): string;
}

export class AttributeCursor {
  /** Of the attribute it stands at. */
  number = 0;
  header = 0;
  start = 0;
  end = 0;
  readonly #names: AttributeNames;
  #bytes: Uint8Array = nothing;
  #next = 0;
  #last = 0;

  constructor(names: AttributeNames) {
    this.#names = names;
  }

  /** To be followed by `next`, which moves to the first attribute. */
  open(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#next = start;
    this.#last = end;
  }

  /** False behind the last attribute. */
  next(): boolean {
    const bytes = this.#bytes;
    const at = this.#next;
    const left = this.#last - at;
    if (left <= 0) return false;
    if (left < HEADER) throw malformed(this.#names.name, `has ${left} bytes where an attribute begins`);
    const length = u16At(bytes, at);
    if (length < HEADER || length > left) throw malformed(this.#names.name, `has an attribute of ${length} bytes where ${left} are left`);
    this.number = u16At(bytes, at + 2) & TYPE_MASK;
    this.header = at;
    this.start = at + HEADER;
    this.end = at + length;
    // The last attribute may come without its padding.
    this.#next = at + length + 3 & ~3;
    return true;
  }
}
