// What all objects of a director carried in one interval, as the bytes of one row: column by column, so that what is alike lies together, then deflated. Pure.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { counterNames } from '@weir/model';
import type { ByteKind } from '@weir/model';
import { each } from '../portion.ts';
import type { Grown, Portion } from '../portion.ts';
import { ByteReader, ByteWriter, PackError } from './bytes.ts';

export interface Block {
  /** Null: directors of this name counted both kinds in it. */
  readonly byteKind: ByteKind | null;
  /** By the subject's number. */
  readonly portions: ReadonlyMap<number, Portion>;
}

/** Twenty times the largest known director. */
const subjectsMax = 1_000_000;
const inflatedBytesMax = 128 * 1_024 * 1_024;
/** Means are kept in hundredths of a connection. */
const parts = 100;

const byteKinds: readonly (ByteKind | null)[] = [null, 'ipBytes', 'payloadBytes'];
const deflatedBit = 8;
const versionBits = 16;

/** How each counter was seen, two bits each. */
const sights = ['seen', null, 'replyBypassesDirector', 'userSpace'] as const;

function sightOf(grown: Grown): number {
  return sights.indexOf(grown === null || typeof grown === 'string' ? grown : 'seen');
}

export function pack({ byteKind, portions }: Block, deflate = true): Buffer {
  const rows = [...portions].sort(([a], [b]) => a - b);
  const writer = new ByteWriter();
  writer.uint(rows.length);
  let before = 0;
  for (const [subject] of rows) {
    writer.uint(subject - before);
    before = subject;
  }
  for (const write of columns) for (const [, portion] of rows) write(writer, portion);
  const plain = writer.bytes();
  const deflated = deflate ? deflateRawSync(plain) : plain;
  const smaller = deflated.length < plain.length;
  const head = versionBits | (smaller ? deflatedBit : 0) | byteKinds.indexOf(byteKind);
  return Buffer.concat([Buffer.of(head), smaller ? deflated : plain]);
}

const columns: readonly ((writer: ByteWriter, portion: Portion) => void)[] = [
  (writer, { grown }) => writer.uint(counterNames.reduce((code, name) => code * 4 + sightOf(grown[name]), 0)),
  (writer, { measuredMs }) => writer.uint(measuredMs),
  ...counterNames.flatMap((name): ((writer: ByteWriter, portion: Portion) => void)[] => [
    (writer, { grown: { [name]: grown } }) => writer.big(grown === null || typeof grown === 'string' ? 0n : grown.measured),
    // Hardly ever any.
    (writer, { grown: { [name]: grown } }) => writer.big(grown === null || typeof grown === 'string' ? 0n : grown.all - grown.measured),
  ]),
  (writer, { activeMean }) => writer.uint(Math.round(activeMean * parts)),
  (writer, { activeMost }) => writer.uint(activeMost),
  (writer, { inactiveMean }) => writer.uint(Math.round(inactiveMean * parts)),
  (writer, { weight }) => writer.uint(weight === null ? 0 : weight + 1),
];

/** Of all subjects, or of those that are wanted. */
export function unpack(bytes: Uint8Array, wanted?: ReadonlySet<number>): Block {
  const head = bytes[0] ?? 0;
  const byteKind = byteKinds[head & 3];
  if ((head & ~(deflatedBit | 3)) !== versionBits || byteKind === undefined) throw new PackError('it is no row of history');
  const reader = (head & deflatedBit) === 0 ? new ByteReader(bytes, 1) : new ByteReader(inflated(bytes.subarray(1)));
  const count = reader.uint();
  if (count > subjectsMax) throw new PackError(`${count} objects are too many`);
  const chosen: { subject: number; at: number }[] = [];
  let subject = 0;
  for (let at = 0; at < count; at += 1) {
    subject += reader.uint();
    if (wanted?.has(subject) ?? true) chosen.push({ subject, at });
  }
  const portions = readPortions(reader, count, chosen.map(({ at }) => at));
  if (wanted === undefined && !reader.ended) throw new PackError('something follows its end');
  return { byteKind, portions: new Map(portions.map((portion, index) => [chosen[index]?.subject ?? 0, portion])) };
}

/** Null: nobody can read it any more, and it must not keep others from being read. */
export function unpackReadable(bytes: Uint8Array, wanted?: ReadonlySet<number>): Block | null {
  try {
    return unpack(bytes, wanted);
  } catch (error) {
    if (error instanceof PackError) return null;
    throw error;
  }
}

function inflated(bytes: Uint8Array): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: inflatedBytesMax });
  } catch (error) {
    throw new PackError('it cannot be inflated', { cause: error });
  }
}

function readPortions(reader: ByteReader, count: number, places: readonly number[]): Portion[] {
  const column = <T>(read: () => T): T[] => {
    let next = 0;
    const values = places.map((at) => {
      reader.skip(at - next);
      next = at + 1;
      return read();
    });
    reader.skip(count - next);
    return values;
  };
  const uint = (): number => reader.uint();
  const sight = column(uint);
  const measuredMs = column(uint);
  const grown = each((_, index) => {
    const measured = column(() => reader.big());
    const more = column(() => reader.big());
    return measured.map((value, at) => grownOf(Math.floor((sight[at] ?? 0) / 4 ** (counterNames.length - 1 - index)) % 4, value, more[at] ?? 0n));
  });
  const [activeMean, activeMost, inactiveMean, weight] = [column(uint), column(uint), column(uint), column(uint)];
  return places.map((_, at): Portion => ({
    measuredMs: measuredMs[at] ?? 0,
    grown: each((name) => grown[name][at] ?? null),
    activeMean: (activeMean[at] ?? 0) / parts,
    activeMost: activeMost[at] ?? 0,
    inactiveMean: (inactiveMean[at] ?? 0) / parts,
    weight: weight[at] === undefined || weight[at] === 0 ? null : weight[at] - 1,
  }));
}

function grownOf(sight: number, measured: bigint, more: bigint): Grown {
  const how = sights[sight] ?? null;
  return how === 'seen' ? { measured, all: measured + more } : how;
}
