// How one object is written down at one sample: only what differs from the sample before.
import { counterNames, goesOn, Unseen } from '@weir/model';
import type { Counters } from '@weir/model';
import type { ByteLog, ByteReader } from './byte-log.ts';

/** The lowest bits say which counters grew. */
const GREW = 0b1_1111;
const CONNECTIONS = 0b10_0000;
const STATUS = 0b100_0000;
const NOT_MEASURED = 0b1000_0000;

/** As written last. */
export interface Figures {
  isThere: boolean;
  /** One digit to the base of three for each counter: seen, or why not. */
  unseen: number;
  weight: number;
  active: number;
  inactive: number;
}

export const nothingYet = (): Figures => ({ isThere: false, unseen: 0, weight: 0, active: 0, inactive: 0 });

/** What there is of an object at one sample. */
export interface Reading {
  readonly counters: Counters;
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
}

const kinds = Unseen.options;

function unseenOf(counters: Counters): number {
  let code = 0;
  for (const name of counterNames) {
    const counter = counters[name];
    code = code * 3 + (typeof counter === 'string' ? kinds.indexOf(counter) + 1 : 0);
  }
  return code;
}

/** In the order of the counters' names; null is seen. */
export function unseenIn(code: number): readonly (Unseen | null)[] {
  return counterNames.map((_, at) => kinds[(Math.floor(code / 3 ** (counterNames.length - 1 - at)) % 3) - 1] ?? null);
}

/** By how much each counter grew, what is not seen by 0. For the object that is written now: there are tens of thousands a second. */
const grew = new Float64Array(counterNames.length);

/** False: nobody measured it. */
function measure(before: Counters | null, after: Counters): boolean {
  if (before === null || !goesOn(before, after)) return false;
  for (let at = 0; at < grew.length; at += 1) {
    const name = counterNames[at] ?? 'connections';
    const was = before[name];
    const is = after[name];
    const by = typeof was === 'bigint' && typeof is === 'bigint' ? Number(is - was) : 0;
    if (by > Number.MAX_SAFE_INTEGER) return false;
    grew[at] = by;
  }
  return true;
}

/** `before` is null where it was not there; `whole` writes what did not change too. */
export function writeFigures(log: ByteLog, { place, before, reading, written, whole }: {
  readonly place: number; readonly before: Counters | null; readonly reading: Reading; readonly written: Figures; readonly whole: boolean;
}): void {
  const unseen = unseenOf(reading.counters);
  const isMeasured = unseen === written.unseen && measure(before, reading.counters);
  let flags = isMeasured ? 0 : NOT_MEASURED;
  if (isMeasured) for (let at = 0; at < grew.length; at += 1) if ((grew[at] ?? 0) > 0) flags |= 1 << at;
  if (whole || written.active !== reading.active || written.inactive !== reading.inactive) flags |= CONNECTIONS;
  if (whole || !written.isThere || written.weight !== reading.weight || written.unseen !== unseen) flags |= STATUS;
  if (flags === 0) return;
  log.number(place + 1);
  log.byte(flags);
  for (let at = 0; at < grew.length; at += 1) if ((flags & (1 << at)) !== 0) log.number(grew[at] ?? 0);
  if ((flags & CONNECTIONS) !== 0) {
    log.number(reading.active);
    log.number(reading.inactive);
  }
  if ((flags & STATUS) !== 0) {
    log.number(unseen + 1);
    log.number(reading.weight);
  }
  written.isThere = true;
  written.unseen = unseen;
  written.weight = reading.weight;
  written.active = reading.active;
  written.inactive = reading.inactive;
}

export function writeGone(log: ByteLog, place: number, written: Figures): void {
  log.number(place + 1);
  log.byte(STATUS);
  log.number(0);
  log.number(0);
  written.isThere = false;
}

/** Since the sample before; null: nobody measured it. What did not grow is left out. */
export type Grown = readonly number[] | null;

export function readFigures(reader: ByteReader, figures: Figures): Grown {
  const flags = reader.byte();
  const growth = counterNames.map((_, at) => ((flags & GREW & (1 << at)) === 0 ? 0 : reader.number()));
  if ((flags & CONNECTIONS) !== 0) {
    figures.active = reader.number();
    figures.inactive = reader.number();
  }
  if ((flags & STATUS) !== 0) {
    const unseen = reader.number();
    figures.isThere = unseen > 0;
    figures.unseen = Math.max(0, unseen - 1);
    figures.weight = reader.number();
  }
  return (flags & NOT_MEASURED) === 0 ? growth : null;
}
