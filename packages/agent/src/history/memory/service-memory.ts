// The last minutes of one virtual service and its real servers, in a log for each block of time.
import type { Counters, EndpointKey, RealServerSample, ServiceSample } from '@weir/model';
import { ByteLog, ByteReader } from './byte-log.ts';
import { nothingYet, readFigures, writeFigures, writeGone } from './figures.ts';
import type { Figures, Grown } from './figures.ts';

/** A sample's place in time. */
export interface Place {
  readonly block: number;
  /** In its block. */
  readonly at: number;
  /** Counts samples. */
  readonly turn: number;
  /** False: it came after a hole. */
  readonly isMeasured: boolean;
}

interface Tracked {
  readonly key: EndpointKey | null;
  readonly written: Figures;
  counters: Counters | null;
  sample: RealServerSample | null;
  turn: number;
}

/** An object in one sample. */
export type Visit = (at: number, key: EndpointKey | null, figures: Figures, growth: Grown) => void;

/** About what a log costs beside its bytes, and an object beside its logs. */
const LOG_BYTES = 200;
const OBJECT_BYTES = 400;
/** So many that are gone are remembered for each that is there, and some. */
const GONE_EACH = 4;
const GONE_MORE = 256;

const noGrowth: Grown = [0, 0, 0, 0, 0];

const tracked = (key: EndpointKey | null): Tracked => ({ key, written: nothingYet(), counters: null, sample: null, turn: 0 });

export class ServiceMemory {
  readonly #scratch: ByteLog;
  /** The service first. */
  #objects: Tracked[] = [tracked(null)];
  readonly #places = new Map<EndpointKey, number>();
  readonly #logs = new Map<number, ByteLog>();

  constructor(scratch: ByteLog) {
    this.#scratch = scratch;
  }

  get bytes(): number {
    let sum = this.#objects.length * OBJECT_BYTES;
    for (const log of this.#logs.values()) sum += log.capacity + LOG_BYTES;
    return sum;
  }

  /** Those that are gone and still remembered too. */
  get realServerCount(): number {
    return this.#objects.length - 1;
  }

  get isEmpty(): boolean {
    return this.#logs.size === 0;
  }

  endBlock(block: number): void {
    this.#logs.get(block)?.end();
  }

  forget(block: number): void {
    this.#logs.delete(block);
  }

  /** Null: the service is not in the sample. */
  take(sample: ServiceSample | null, place: Place): void {
    if (sample !== null && this.#objects.length > GONE_MORE + sample.realServers.length * GONE_EACH) this.#beginAnew();
    this.#scratch.clear();
    const whole = !this.#logs.has(place.block);
    if (sample !== null) this.#follow(sample, place, whole);
    this.#objects.forEach(({ written, turn }, at) => {
      if (!written.isThere || turn === place.turn) return;
      if (whole) written.isThere = false;
      else writeGone(this.#scratch, at, written);
    });
    const { bytes } = this.#scratch;
    if (bytes.length === 0) return;
    const log = this.#logs.get(place.block) ?? new ByteLog();
    this.#logs.set(place.block, log);
    log.number(place.at);
    log.append(bytes);
    log.number(0);
  }

  /** Each object at each sample of the block that it was in; `ownOnly`: without the real servers. */
  read(block: number, count: number, ownOnly: boolean, visit: Visit): void {
    const log = this.#logs.get(block);
    if (log === undefined) return;
    const reader = new ByteReader(log.bytes);
    const figures: Figures[] = [];
    let next = reader.number();
    for (let at = 0; at < count; at += 1) {
      const growths = new Map<number, Grown>();
      if (at === next) {
        for (let place = reader.number(); place > 0; place = reader.number()) growths.set(place - 1, readFigures(reader, figures[place - 1] ??= nothingYet()));
        next = reader.isAtEnd ? count : reader.number();
      }
      for (let place = 0; place < (ownOnly ? 1 : figures.length); place += 1) {
        const of = figures[place];
        const growth = growths.get(place);
        if (of?.isThere === true) visit(at, this.#objects[place]?.key ?? null, of, growth === undefined ? noGrowth : growth);
      }
    }
  }

  #follow({ counters, realServers }: ServiceSample, place: Place, whole: boolean): void {
    let active = 0;
    let inactive = 0;
    for (const { connections } of realServers) {
      active += connections.active;
      inactive += connections.inactive;
    }
    this.#write(0, { counters, weight: 0, active, inactive }, place, whole);
    for (const realServer of realServers) {
      const at = this.#placeOf(realServer.key);
      const object = this.#objects[at];
      if (object === undefined) continue;
      // A forwarder that gives the same object again says that nothing of it changed.
      if (object.sample === realServer && object.turn === place.turn - 1 && !whole) object.turn = place.turn;
      else this.#write(at, { counters: realServer.counters, weight: realServer.weight, ...realServer.connections }, place, whole);
      object.sample = realServer;
    }
  }

  #write(at: number, reading: Parameters<typeof writeFigures>[1]['reading'], { turn, isMeasured }: Place, whole: boolean): void {
    const object = this.#objects[at];
    if (object === undefined) return;
    const last = object.turn === turn - 1 ? object.counters : null;
    // After a hole nothing is measured of anything, and the time says so.
    writeFigures(this.#scratch, { place: at, before: isMeasured ? last : reading.counters, reading, written: object.written, whole });
    object.counters = reading.counters;
    object.turn = turn;
  }

  #placeOf(key: EndpointKey): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const at = this.#objects.push(tracked(key)) - 1;
    this.#places.set(key, at);
    return at;
  }

  /** Too many have come and gone: what is remembered of this service begins here. */
  #beginAnew(): void {
    this.#objects = [tracked(null)];
    this.#places.clear();
    this.#logs.clear();
  }
}
