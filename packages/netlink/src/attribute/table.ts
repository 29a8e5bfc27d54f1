// Attribute tables: an attribute set is declared once, and its types, its writing and its reading follow from that.
import type { ByteWriter } from '../byte-writer.ts';
import { malformed, NetlinkError } from '../error.ts';
import type { Codec } from './codec.ts';
import { AttributeCursor } from './cursor.ts';
import { AttributePlaces } from './places.ts';
import type { AttributeSizes } from './places.ts';

const LONGEST = 0xffff;

interface Attribute<T, Written, R extends boolean> {
  readonly number: number;
  readonly codec: Codec<T, Written>;
  /** Whether reading fails where it is missing. */
  readonly required: R;
}

type AnyAttribute = Attribute<unknown, unknown, boolean>;
type Shape = Readonly<Record<string, AnyAttribute>>;
type RequiredKeys<S extends Shape> = { [K in keyof S]: S[K]['required'] extends true ? K : never }[keyof S];
type ReadOf<A> = A extends { readonly codec: { read(bytes: Buffer, start: number, end: number): infer T } } ? T : never;
type WrittenOf<A> = A extends { readonly codec: { write(writer: ByteWriter, value: infer T): void } } ? T : never;

/** What is written: any part of the set. What is undefined is left out. */
export type Given<S extends Shape> = { readonly [K in keyof S]?: WrittenOf<S[K]> | undefined };
/** What is read. */
export type Read<S extends Shape> =
  { [K in RequiredKeys<S>]: ReadOf<S[K]> } & { [K in Exclude<keyof S, RequiredKeys<S>>]?: ReadOf<S[K]> };

export function required<T, Written>(number: number, codec: Codec<T, Written>): Attribute<T, Written, true> {
  return { number, codec, required: true };
}

export function optional<T, Written>(number: number, codec: Codec<T, Written>): Attribute<T, Written, false> {
  return { number, codec, required: false };
}

interface Entry extends AnyAttribute {
  readonly name: string;
}

/** A codec itself: a nested attribute is one whose codec is a table. A table is complete before another can hold it, so the depth is bounded. */
export class AttributeTable<S extends Shape> implements Codec<Read<S>, Given<S>>, AttributeSizes {
  readonly least = 0;
  readonly most = LONGEST;
  readonly name: string;
  /** By their names. */
  readonly numbers: { readonly [K in keyof S]: number };
  readonly #shape: S;
  readonly #entries: readonly Entry[];
  readonly #byNumber: readonly (Entry | undefined)[];
  readonly #required: readonly string[];
  /** Every name, without a value: objects that begin alike are faster than such that grow. */
  readonly #nothing: Readonly<Record<string, unknown>>;

  constructor(name: string, shape: S) {
    this.name = name;
    this.#shape = shape;
    this.#entries = Object.entries(shape).map(([key, attribute]) => ({ name: key, ...attribute }));
    const byNumber: (Entry | undefined)[] = [];
    for (const entry of this.#entries) byNumber[entry.number] = entry;
    this.#byNumber = byNumber;
    this.numbers = Object.fromEntries(this.#entries.map((entry) => [entry.name, entry.number])) as { [K in keyof S]: number };
    this.#required = this.#entries.filter((entry) => entry.required).map((entry) => entry.name);
    this.#nothing = Object.fromEntries(this.#entries.map((entry) => [entry.name, undefined]));
  }

  nameOf(number: number): string {
    return this.#byNumber[number]?.name ?? `attribute ${number}`;
  }

  get largest(): number {
    return this.#byNumber.length - 1;
  }

  isSize(number: number, length: number): boolean {
    const codec = this.#byNumber[number]?.codec;
    return codec === undefined || length >= codec.least && length <= codec.most;
  }

  /** For what comes by the tens of thousands: where the attributes lie, of which those that are required here must be there. */
  places(...here: readonly (keyof S & string)[]): AttributePlaces {
    return new AttributePlaces(this, [...this.#required, ...here].map((name) => this.numbers[name] ?? 0));
  }

  /** The same set, of which only these are read: the rest is stepped over. */
  only<K extends keyof S & string>(...names: readonly K[]): AttributeTable<Pick<S, K>> {
    const shape = Object.fromEntries(names.map((name) => [name, this.#shape[name]])) as unknown as Pick<S, K>;
    return new AttributeTable(this.name, shape);
  }

  write(writer: ByteWriter, values: Given<S>): void {
    for (const { name, number, codec } of this.#entries) {
      const value = values[name];
      if (value === undefined) continue;
      const at = beginAttribute(writer, number);
      codec.write(writer, value);
      endAttribute(writer, at, this.name);
    }
  }

  /** One attribute, whose bytes are written until `end`: for what is written often and partly known beforehand. Gives what `end` needs. */
  begin(writer: ByteWriter, name: keyof S & string): number {
    return beginAttribute(writer, this.#shape[name]?.number ?? 0);
  }

  end(writer: ByteWriter, at: number): void {
    endAttribute(writer, at, this.name);
  }

  /** Unknown attributes are stepped over: a newer kernel sends more. Of one that comes twice the last counts, as in the kernel. */
  read(bytes: Buffer, start: number, end: number): Read<S> {
    const values: Record<string, unknown> = { ...this.#nothing };
    const cursor = new AttributeCursor(this);
    cursor.open(bytes, start, end);
    while (cursor.next()) {
      const entry = this.#byNumber[cursor.number];
      if (entry !== undefined) values[entry.name] = this.#value(entry, bytes, cursor.start, cursor.end);
    }
    for (const name of this.#required) if (values[name] === undefined) throw malformed(`${this.name}.${name}`, 'is missing');
    return values as Read<S>;
  }

  #value({ name, codec }: Entry, bytes: Buffer, start: number, end: number): unknown {
    try {
      return codec.read(bytes, start, end);
    } catch (error) {
      if (!(error instanceof NetlinkError) || error.object !== 'value') throw error;
      throw malformed(`${this.name}.${name}`, error.message.slice('decode value: '.length));
    }
  }
}

/** Gives what `endAttribute` needs. */
function beginAttribute(writer: ByteWriter, number: number): number {
  const at = writer.length;
  writer.u16(0);
  writer.u16(number);
  return at;
}

function endAttribute(writer: ByteWriter, at: number, name: string): void {
  const length = writer.length - at;
  if (length > LONGEST) throw malformed(name, `has ${length} bytes; at most ${LONGEST}`);
  writer.patch16(at, length);
  writer.align();
}

export type Row<T> = T extends AttributeTable<infer S> ? Read<S> : never;
export type Part<T> = T extends AttributeTable<infer S> ? Given<S> : never;
