// What scrapers are given: put together from the newest sample, once a second at most however many ask, and never by reading the forwarder.
import { setImmediate } from 'node:timers/promises';
import type { ByteKind, Sample } from '@weir/model';
import type { CheckerState, DirectorState } from '@weir/protocol';
import type { Cancel, Clock } from '../clock.ts';
import type { HeldCluster } from '../disk/data-folder.ts';
import { namesOf } from './census.ts';
import type { Names } from './census.ts';
import type { AgentInfo } from './director-families.ts';
import { exposition } from './exposition.ts';
import type { View } from './exposition.ts';
import type { Format } from './text-format.ts';

const KEPT_MS = 1_000;
/** Some milliseconds of work. */
const TURN_CHARACTERS = 200_000;

export interface MetricsParts {
  readonly info: AgentInfo;
  readonly byteKind: ByteKind;
  readonly clock: Clock;
  readonly accepted: () => readonly HeldCluster[];
  readonly state: () => DirectorState | null;
  readonly checker: () => CheckerState;
  readonly journalBacklog: () => number;
  readonly standingOf: View['standingOf'];
  /** Calls back with each sample until it is cancelled. */
  readonly listen: (onSample: (sample: Sample) => void) => Cancel;
}

export type Body = readonly Buffer[];

export class Metrics {
  readonly #parts: MetricsParts;
  readonly #made = new Map<Format, { readonly atMs: number; readonly body: Promise<Body> }>();
  #newest: { readonly sample: Sample; readonly atMs: number } | null = null;
  #names: { readonly of: readonly HeldCluster[]; readonly names: Names } = { of: [], names: new Map() };
  #cancel: Cancel | null = null;

  constructor(parts: MetricsParts) {
    this.#parts = parts;
  }

  start(): void {
    const { clock, listen } = this.#parts;
    this.#cancel = listen((sample) => { this.#newest = { sample, atMs: clock.elapsedMs() }; });
  }

  stop(): void {
    this.#cancel?.();
  }

  body(format: Format): Promise<Body> {
    const atMs = this.#parts.clock.elapsedMs();
    const made = this.#made.get(format);
    if (made !== undefined && atMs - made.atMs < KEPT_MS) return made.body;
    const body = this.#make(format, atMs);
    this.#made.set(format, { atMs, body });
    body.catch(() => this.#made.delete(format));
    return body;
  }

  async #make(format: Format, begunMs: number): Promise<Body> {
    const { info, byteKind, clock, accepted, state, checker, journalBacklog, standingOf } = this.#parts;
    const held = accepted();
    if (held !== this.#names.of) this.#names = { of: held, names: namesOf(held) };
    const view: View = {
      info, byteKind, accepted: held, names: this.#names.names, sample: this.#newest?.sample ?? null, sampleAgeMs: begunMs - (this.#newest?.atMs ?? begunMs), state: state(), checker: checker(), journalBacklog: journalBacklog(), standingOf,
      tookMs: () => clock.elapsedMs() - begunMs,
    };
    const body: Buffer[] = [];
    let turn = '';
    for (const piece of exposition(view, format)) {
      turn += piece;
      if (turn.length >= TURN_CHARACTERS) {
        body.push(Buffer.from(turn));
        turn = '';
        await setImmediate();
      }
    }
    return [...body, Buffer.from(turn)];
  }
}
