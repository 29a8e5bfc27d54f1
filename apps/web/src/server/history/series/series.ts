// Answers what pages ask of history: finds the objects, chooses how finely to read, reads director by director, and adds up.
import { intervalMs } from '@weir/model';
import type { Pool } from 'pg';
import type { HistoryAnswer, HistoryInput } from '../../../history/series.ts';
import { PanelError } from '../../errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Block } from '../pack/pack.ts';
import { Reader } from '../store/reader.ts';
import { stockOf } from '../store/stock.ts';
import { chooseTier, finestTier, stepsOf } from '../tiers.ts';
import type { Tier } from '../tiers.ts';
import { findObjects, kindOf } from './found.ts';
import type { FoundDirector } from './found.ts';
import { LineSet } from './line-set.ts';
import { linesOf } from './lines.ts';
import type { KnownClusters, Lines } from './lines.ts';
import { isRecent, measuredTimes, Memories, portionOf } from './memory.ts';
import type { Remembered } from './memory.ts';
import { missingOf, notAnswering } from './missing.ts';
import { readBlocks } from './read.ts';
import type { Axis } from './steps.ts';

export interface SeriesParts {
  readonly pool: Pool;
  readonly gateway: Pick<Gateway, 'director' | 'client'>;
  readonly clusters: KnownClusters;
  readonly now: () => number;
  readonly deadlineMs?: number;
}

/** As long as a person waits for a chart. */
const usualDeadlineMs = 10_000;
/** Of all directors together: some seconds of work at most, for many small rows and for few large ones. */
const rowsMax = 60_000;
const bytesMax = 150_000_000;
/** Of all lines together: a service may have thousands of real servers, and a browser draws no more. */
const pointsMax = 60_000;
const stepsMin = 12;

function lineCount({ by }: HistoryInput, { initial }: Lines, found: readonly FoundDirector[]): number {
  return by === 'whole' ? 1 : new Set([...initial.map(({ realServerId }) => realServerId), ...found.flatMap(({ objects }) => objects.map(({ realServerId }) => realServerId))]).size;
}

interface Question {
  readonly input: HistoryInput;
  readonly names: Lines;
  readonly found: readonly FoundDirector[];
  readonly reader: Reader;
}

export class Series {
  readonly #parts: SeriesParts;
  readonly #memories: Memories;

  constructor(parts: SeriesParts) {
    this.#parts = parts;
    this.#memories = new Memories(parts.gateway);
  }

  async of(input: HistoryInput): Promise<HistoryAnswer> {
    const { pool, clusters, gateway, now, deadlineMs = usualDeadlineMs } = this.#parts;
    if (input.toMs <= input.fromMs || (input.by === 'realServer' && input.subject.kind !== 'service')) throw new PanelError('badInput');
    const reader = new Reader(pool, deadlineMs);
    const [names, found] = [linesOf(clusters, gateway, input), await findObjects(reader, input)];
    const steps = Math.min(input.steps, Math.max(stepsMin, Math.floor(pointsMax / lineCount(input, names, found))));
    const question = { input: { ...input, steps }, names, found, reader };
    const recent = isRecent(question.input, now()) ? await this.#remembered(question) : null;
    return recent ?? this.#stored(question);
  }

  async #stored({ input, names, found, reader }: Question): Promise<HistoryAnswer> {
    const { gateway, now } = this.#parts;
    const kind = kindOf(input);
    const stock = await stockOf(reader, kind, found.map(({ number }) => number));
    const rowsOf = (rowBytes: number): number => Math.min(rowsMax, bytesMax / Math.max(rowBytes, 1)) / Math.max(found.length, 1);
    const { tier, ...axis } = chooseTier(kind, input, { sinceMs: ({ lengthMs }) => stock.get(lengthMs)?.sinceMs ?? null, rowsMax: ({ lengthMs }) => rowsOf(stock.get(lengthMs)?.rowBytes ?? 0) });
    const lines = new LineSet(names.initial, axis);
    await this.#addKept(lines, 'steps', { input, found, reader }, tier, axis);
    if (kind === 'realServers') await this.#addLooked(lines, input, reader, tier, axis);
    return { ...lines.answer(), resolutionMs: tier.lengthMs, missing: missingOf(gateway, names.directorIds, found, Math.min(input.toMs, now())) };
  }

  /** Null: nobody answers, or what is kept reaches further back than what is remembered. */
  async #remembered(question: Question): Promise<HistoryAnswer | null> {
    const { input, names, found } = question;
    const { gateway, now } = this.#parts;
    const directorIds = [...new Set([...names.directorIds, ...found.map(({ directorId }) => directorId)])];
    const resolutionMs = this.#memories.stepMs(directorIds);
    const axis = stepsOf(resolutionMs, input);
    const remembered = await this.#memories.ask({ directorIds, input, nowMs: now() });
    if (remembered.length === 0 || !await this.#isWhole(question, remembered)) return null;
    const lines = new LineSet(names.initial, axis, true);
    // For totals: what counters showed after they began anew is in what is kept alone.
    await this.#addKept(lines, 'whole', question, finestTier, axis);
    for (const [index, { directorId, recent }] of remembered.entries()) {
      const reachesToMs = found.find((one) => one.directorId === directorId)?.reachesToMs ?? 0;
      for (const { key, realServerId, moments } of recent.lines) {
        const isWanted = input.subject.kind === 'realServer' ? realServerId === input.subject.realServerId : (input.by === 'whole' ? key === null : realServerId !== null);
        if (!isWanted) continue;
        const line = lines.line(input.by === 'whole' ? null : realServerId, key ?? '');
        for (const [at, moment] of moments.entries()) {
          const time = recent.times[at];
          if (moment === null || time === undefined) continue;
          const portion = portionOf(moment, time.stepMs);
          const whose = { object: index, director: index };
          line.steps.add(whose, time.atMs - 1, recent.byteKind, portion);
          if (time.atMs > reachesToMs) line.whole?.add(whose, time.atMs - 1, recent.byteKind, portion);
        }
      }
      if (kindOf(input) === 'realServers') for (const [atMs, ms] of measuredTimes(recent)) lines.looked.add(index, atMs - 1, ms);
    }
    return { ...lines.answer(), resolutionMs, missing: notAnswering(gateway, directorIds, remembered.map(({ directorId }) => directorId)) };
  }

  async #addKept(lines: LineSet, to: 'steps' | 'whole', { input, found, reader }: Omit<Question, 'names'>, tier: Tier, axis: Pick<Axis, 'fromMs' | 'toMs'>): Promise<void> {
    const kind = kindOf(input);
    for (const { number, objects, reachesToMs } of found) {
      const byNumber = new Map(objects.map((object) => [object.number, object]));
      // What came since the agents were asked is in what they remember, too.
      const toMs = to === 'whole' ? Math.min(axis.toMs, reachesToMs ?? axis.fromMs) : axis.toMs;
      const wanted = { directorNumber: number, kind, tier, reachesToMs, fromMs: axis.fromMs, toMs, objects: new Set(byNumber.keys()) };
      for await (const { startMs, block } of readBlocks(reader, wanted)) {
        for (const [own, portion] of block.portions) {
          const object = byNumber.get(own);
          if (object !== undefined) lines.line(input.by === 'whole' ? null : object.realServerId, object.key)[to]?.add({ object: own, director: number }, startMs, block.byteKind, portion);
        }
        if (kind === 'services' && to === 'steps') lines.looked.add(number, startMs, longestOf(block));
      }
    }
  }

  /** How long directors looked at the service, which was there when its real servers may not have been. */
  async #addLooked(lines: LineSet, { subject }: HistoryInput, reader: Reader, tier: Tier, axis: Pick<Axis, 'fromMs' | 'toMs'>): Promise<void> {
    if (subject.kind !== 'service' && subject.kind !== 'realServer') return;
    const { clusterId, serviceId } = subject;
    const found = await findObjects(reader, { subject: { kind: 'service', clusterId, serviceId }, by: 'whole' });
    for (const { number, objects, reachesToMs } of found) {
      const wanted = { directorNumber: number, kind: 'services', tier, reachesToMs, ...axis, objects: new Set(objects.map((object) => object.number)) } as const;
      for await (const { startMs, block } of readBlocks(reader, wanted)) lines.looked.add(number, startMs, longestOf(block));
    }
  }

  async #isWhole({ input, found, reader }: Question, remembered: readonly Remembered[]): Promise<boolean> {
    for (const { directorId, recent } of remembered) {
      const number = found.find((one) => one.directorId === directorId)?.number;
      const stock = number === undefined ? null : await stockOf(reader, kindOf(input), [number]);
      const keptSinceMs = stock?.get(intervalMs)?.sinceMs ?? Infinity;
      if ((recent.sinceMs ?? Infinity) > Math.max(input.fromMs, keptSinceMs) + intervalMs) return false;
    }
    return true;
  }
}

function longestOf({ portions }: Block): number {
  return [...portions.values()].reduce((longest, { measuredMs }) => Math.max(longest, measuredMs), 0);
}
