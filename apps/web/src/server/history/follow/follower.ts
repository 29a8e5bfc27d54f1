// Follows the journals of all directors that have one: asks, writes down, and only then says that it may be forgotten there.
import { setTimeout as delay } from 'node:timers/promises';
import { intervalMs } from '@weir/model';
import { decodeInterval, since } from '@weir/protocol';
import type { JournalAnswer, JournalCommitted, JournalCommittedInput, JournalInput } from '@weir/protocol';
import { PanelError } from '../../errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Logger } from '../../logger.ts';
import type { Journal, Written } from '../store/journal.ts';
import { Turns } from './turns.ts';

export interface JournalClient {
  journal(input: JournalInput): Promise<JournalAnswer>;
  journalCommitted(input: JournalCommittedInput): Promise<JournalCommitted>;
}

export interface FollowerParts {
  readonly gateway: Pick<Gateway, 'director' | 'onLink' | 'onDrop'>;
  readonly clientOf: (directorId: string) => JournalClient;
  readonly journal: Pick<Journal, 'cursor' | 'write'>;
  readonly logger: Logger;
  readonly now: () => number;
  readonly everyMs?: number;
}

const usualEveryMs = intervalMs;
/** Ten minutes: what a busy director says in them is a few megabytes. */
const intervalsAtOnce = 60;
/** At the same time: the pool's connections are for pages too. */
const writersMax = 2;

export class Follower {
  readonly #parts: FollowerParts;
  readonly #turns = new Turns(writersMax);
  readonly #following = new Map<string, { readonly ending: AbortController; readonly warned: Set<string> }>();
  readonly #running = new Set<Promise<void>>();

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    parts.gateway.onLink((directorId, state) => {
      if (state === 'connected') this.#begin(directorId);
      else this.#end(directorId);
    });
    parts.gateway.onDrop((directorId) => this.#end(directorId));
  }

  async close(): Promise<void> {
    for (const directorId of this.#following.keys()) this.#end(directorId);
    await Promise.all(this.#running);
  }

  #begin(directorId: string): void {
    const version = this.#parts.gateway.director(directorId)?.hello?.version ?? 0;
    if (version < since.history || this.#following.has(directorId)) return;
    const ending = new AbortController();
    this.#following.set(directorId, { ending, warned: new Set() });
    const running = this.#follow(directorId, ending.signal).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #end(directorId: string): void {
    this.#following.get(directorId)?.ending.abort();
    this.#following.delete(directorId);
  }

  /** At once, then soon after an interval is over where the clocks agree, not of all directors at the same moment: a chart's newest point is no older than it must be. */
  async #follow(directorId: string, signal: AbortSignal): Promise<void> {
    const { everyMs = usualEveryMs, logger, now } = this.#parts;
    let failed = false;
    while (!signal.aborted) {
      try {
        await this.#catchUp(directorId, signal);
        failed = false;
      } catch (error) {
        const told = error instanceof PanelError ? { code: error.code, ...error.params } : { err: error };
        if (!failed && !signal.aborted) logger.warn({ director: this.#nameOf(directorId), ...told }, 'history could not be followed');
        failed = true;
      }
      await delay(everyMs - (now() % everyMs) + everyMs * (0.15 + Math.random() * 0.35), undefined, { signal }).catch(() => undefined);
    }
  }

  async #catchUp(directorId: string, signal: AbortSignal): Promise<void> {
    const { clientOf, journal } = this.#parts;
    for (let before = await journal.cursor(directorId); !signal.aborted;) {
      const answer = await clientOf(directorId).journal({ journalId: before.journalId, after: before.sequence, limit: intervalsAtOnce });
      const { journalId } = answer;
      if (answer.intervals.length === 0) return;
      const written = await this.#turns.take(() => journal.write({ directorId, name: this.#nameOf(directorId), journalId, intervals: answer.intervals.map(decodeInterval) }));
      this.#tell(directorId, answer, before.journalId === journalId ? before.sequence : null, written);
      await clientOf(directorId).journalCommitted({ journalId, sequence: written.sequence });
      const isFurther = journalId !== before.journalId || written.sequence > before.sequence;
      if (!answer.more || !isFurther) return;
      before = { journalId, sequence: written.sequence };
    }
  }

  #tell(directorId: string, { dropped, intervals }: JournalAnswer, after: number | null, { refused, leftOut, setAside }: Written): void {
    const director = this.#nameOf(directorId);
    const { logger } = this.#parts;
    if (dropped !== null && dropped > (after ?? 0)) {
      // Of another journal nobody knows what was taken of it before; what comes after this answer is yet to be asked for.
      const until = Math.min(dropped, intervals.at(-1)?.sequence ?? dropped);
      const lost = after === null ? null : until - after - intervals.filter(({ sequence }) => sequence <= until).length;
      if (lost !== 0) logger.warn({ director, intervals: lost }, 'a director could not keep all that it measured until the panel asked');
    }
    for (const { sequence, startMs, error } of setAside) {
      logger.error({ director, sequence, start: new Date(startMs).toISOString(), err: error }, 'an interval of history cannot be written: it is set aside, and there is a gap in its place');
    }
    if (refused > 0) this.#warnOnce(directorId, { director, intervals: refused }, 'a director measured in a time to come: its clock is wrong');
    if (leftOut > 0) this.#warnOnce(directorId, { director, portions: leftOut }, 'a director has had more objects than history keeps');
  }

  /** While it is followed: what goes on would be said every few seconds. */
  #warnOnce(directorId: string, of: object, what: string): void {
    const { warned } = this.#following.get(directorId) ?? {};
    if (warned?.has(what) === false) this.#parts.logger.warn(of, what);
    warned?.add(what);
  }

  #nameOf(directorId: string): string {
    return this.#parts.gateway.director(directorId)?.name ?? directorId;
  }
}
