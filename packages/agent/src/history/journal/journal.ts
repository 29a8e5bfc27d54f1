// The journal: intervals on the agent's disk until a panel has them on its own.
import { randomUUID } from 'node:crypto';
import type { Closed, Lived } from '@weir/model';
import { intervalMs } from '@weir/model';
import type { JournalAnswer, JournalCommitted, JournalCommittedInput, JournalInput, WireInterval } from '@weir/protocol';
import type { Logger } from 'pino';
import { packInterval, unpackInterval } from './interval-file.ts';
import { passingOf } from './passing.ts';
import { JournalFolder } from './journal-folder.ts';
import type { JournalState, Kept } from './journal-folder.ts';
import { packShown, unpackShown } from './shown-file.ts';
import type { LastShown } from './shown-file.ts';

export interface JournalBounds {
  readonly bytesMax: number;
  readonly filesMax: number;
  /** Of intervals that the disk does not take. */
  readonly unwrittenBytesMax: number;
}

/** Two days of a small director, an hour or so of the largest. */
const usualBounds: JournalBounds = { bytesMax: 64 * 1_048_576, filesMax: 20_000, unwrittenBytesMax: 16 * 1_048_576 };

/** Services and real servers of one answer: about 10 MB of text, and never half of what a panel takes. */
const ANSWER_OBJECTS_MAX = 80_000;

/** Asked for every ten seconds: after some minutes, what the disk does not give back is lost. */
const READS_MAX = 30;

interface Unwritten {
  readonly sequence: number;
  readonly startMs: number;
  readonly interval: Buffer;
  readonly shown: Buffer;
}

export interface JournalParts {
  readonly folder: string;
  readonly log: Logger;
  readonly bounds?: JournalBounds;
}

function objectsIn({ services }: WireInterval): number {
  return services.reduce((sum, [, , , , realServers]) => sum + 1 + realServers.length, 0);
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

export class Journal {
  readonly #folder: JournalFolder;
  readonly #log: Logger;
  readonly #bounds: JournalBounds;
  #state: JournalState;
  /** In order. */
  #kept: readonly Kept[];
  #unwritten: readonly Unwritten[] = [];
  #last: number;
  #turn: Promise<unknown> = Promise.resolve();
  #failing = false;
  /** How often an interval could not be read, one after the other. */
  #unread = { sequence: 0, times: 0 };
  /** Of a journal whose beginning the disk has not taken yet nothing is written: the next agent would not know it. */
  #isBegun = true;

  private constructor({ log, bounds = usualBounds }: JournalParts, folder: JournalFolder, state: JournalState, kept: readonly Kept[]) {
    this.#folder = folder;
    this.#log = log;
    this.#bounds = bounds;
    this.#state = state;
    this.#kept = kept;
    this.#last = Math.max(state.committed, state.dropped ?? 0, kept.at(-1)?.sequence ?? 0);
  }

  static async open(parts: JournalParts): Promise<Journal> {
    const folder = await JournalFolder.open(parts.folder);
    const found = await folder.state.read().catch((error: unknown) => {
      parts.log.error({ err: error }, 'the journal of history cannot be read and begins anew');
      return null;
    });
    const kept = await folder.intervals();
    const journal = new Journal(parts, folder, found ?? { format: 1, journalId: randomUUID(), committed: 0, dropped: null }, found === null ? [] : kept);
    if (found === null) await journal.#renew(kept);
    else await journal.#forgetTo(found.committed);
    await folder.keepShown(journal.#last);
    return journal;
  }

  get id(): string {
    return this.#state.journalId;
  }

  /** Where counters stood when the last interval closed; null: there was none, or nobody knows any more. */
  async lastShown(): Promise<LastShown | null> {
    try {
      const packed = await this.#folder.readShown(this.#last);
      return packed === null ? null : await unpackShown(packed, this.#last);
    } catch (error) {
      this.#log.error({ err: error }, 'what counters showed last cannot be read: what they counted since is in no total');
      return null;
    }
  }

  /** The intervals that are here: what is known of those there were, where the last of them does not tell. */
  get livedHere(): readonly Lived[] {
    return this.#kept.slice(-1).map(({ startMs }) => ({ fromMs: 0, toMs: startMs + intervalMs }));
  }

  /** How many intervals no panel has committed yet. */
  get backlog(): number {
    return this.#kept.length + this.#unwritten.length;
  }

  /** Comes back when it is on the disk, or the disk has refused it: then it is tried again with the next one. */
  append({ interval, shown, lived }: Closed, life: string | null): Promise<void> {
    return this.#inTurn(async () => {
      const sequence = this.#last + 1;
      this.#last = sequence;
      const packed = await pack(sequence, { interval, shown, lived }, life).catch((error: unknown) => {
        this.#log.error({ err: error, sequence }, 'an interval of history cannot be written down at all and is left out');
        this.#state = { ...this.#state, dropped: sequence };
        return null;
      });
      if (packed !== null) this.#unwritten = [...this.#unwritten, { sequence, startMs: interval.startMs, ...packed }];
      try {
        await this.#write();
        this.#failing = false;
      } catch (error) {
        if (!this.#failing) this.#log.error({ err: error }, 'history cannot be written, and is kept in memory for a while');
        this.#failing = true;
      }
      await this.#makeRoom();
    });
  }

  /** Only what is on the disk: what a panel has heard of once is never said otherwise. */
  read({ journalId, after, limit }: JournalInput): Promise<JournalAnswer> {
    return this.#inTurn(async () => {
      const isOurs = journalId === this.#state.journalId;
      if (isOurs && after > this.#last) {
        this.#log.warn({ after, last: this.#last }, 'a panel has more of the journal of history than there is: its disk was set back, and it begins anew');
        await this.#renew(this.#kept);
      }
      const waiting = this.#kept.filter(({ sequence }) => sequence > (isOurs ? after : 0));
      const intervals: WireInterval[] = [];
      let objects = 0;
      let looked = 0;
      for (const kept of waiting) {
        if (intervals.length === limit || (objects >= ANSWER_OBJECTS_MAX)) break;
        const interval = await this.#interval(kept);
        if (interval === 'later') break;
        looked += 1;
        if (interval === null) continue;
        objects += objectsIn(interval);
        intervals.push(interval);
      }
      return { journalId: this.#state.journalId, intervals, dropped: this.#state.dropped, more: looked < waiting.length };
    });
  }

  commit({ journalId, sequence }: JournalCommittedInput): Promise<JournalCommitted> {
    return this.#inTurn(async () => {
      const committed = Math.min(sequence, this.#kept.at(-1)?.sequence ?? this.#state.committed);
      if (journalId === this.#state.journalId && committed > this.#state.committed) {
        await this.#become({ ...this.#state, committed });
        await this.#forgetTo(committed);
      }
      return { journalId: this.#state.journalId, committed: this.#state.committed };
    });
  }

  /** Comes back when what was begun is done. */
  async close(): Promise<void> {
    await this.#inTurn(() => Promise.resolve());
  }

  #inTurn<TResult>(work: () => Promise<TResult>): Promise<TResult> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => null);
    return done;
  }

  async #become(state: JournalState): Promise<void> {
    await this.#folder.state.write(state);
    this.#state = state;
    this.#isBegun = true;
  }

  async #renew(kept: readonly Kept[]): Promise<void> {
    if (kept.length > 0) this.#log.warn({ intervals: kept.length }, 'intervals of a journal that is no more are removed');
    this.#state = { format: 1, journalId: randomUUID(), committed: 0, dropped: null };
    this.#isBegun = false;
    await this.#become(this.#state).catch((error: unknown) => this.#log.error({ err: error }, 'a journal of history cannot be begun yet'));
    await this.#folder.remove(kept);
    this.#kept = [];
    this.#unwritten = [];
    this.#last = 0;
  }

  async #forgetTo(sequence: number): Promise<void> {
    const gone = this.#kept.filter((kept) => kept.sequence <= sequence);
    this.#kept = this.#kept.slice(gone.length);
    await this.#folder.remove(gone);
  }

  async #write(): Promise<void> {
    if (!this.#isBegun) await this.#become(this.#state);
    for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
      await this.#folder.write(next, next);
      this.#kept = [...this.#kept, { sequence: next.sequence, startMs: next.startMs, bytes: next.interval.length }];
      this.#unwritten = this.#unwritten.slice(1);
    }
  }

  /** The oldest goes first. */
  async #makeRoom(): Promise<void> {
    const { bytesMax, filesMax, unwrittenBytesMax } = this.#bounds;
    let excess = sumOf(this.#kept.map(({ bytes }) => bytes)) - bytesMax;
    const count = this.#kept.findIndex((kept, at) => {
      if (excess <= 0 && this.#kept.length - at <= filesMax) return true;
      excess -= kept.bytes;
      return false;
    });
    if (count > 0) await this.#drop(this.#kept.slice(0, count), 'there is no room for more history: the oldest that no panel has taken is dropped');
    while (this.#unwritten.length > 1 && sumOf(this.#unwritten.map(({ interval, shown }) => interval.length + shown.length)) > unwrittenBytesMax) {
      const [gone, ...others] = this.#unwritten;
      this.#state = { ...this.#state, dropped: Math.max(gone?.sequence ?? 0, this.#state.dropped ?? 0) };
      this.#unwritten = others;
    }
  }

  async #drop(gone: readonly Kept[], why: string, error?: unknown): Promise<void> {
    const sequence = gone.at(-1)?.sequence ?? 0;
    this.#log.warn({ sequences: [gone[0]?.sequence, sequence], ...(error !== undefined && { err: error }) }, why);
    this.#state = { ...this.#state, dropped: Math.max(sequence, this.#state.dropped ?? 0) };
    // A full disk takes no word of it, and is freed by it: that sequences are missing tells as much.
    await this.#folder.state.write(this.#state).catch((cause: unknown) => this.#log.error({ err: cause }, 'what was dropped of history cannot be written down'));
    this.#kept = this.#kept.filter((kept) => !gone.includes(kept));
    // What is not removed now is dropped all the same.
    await this.#folder.remove(gone).catch((cause: unknown) => this.#log.error({ err: cause }, 'what was dropped of history cannot be removed'));
  }

  /** Null: it is broken, and left out for good. What comes after it waits for one that cannot be read now, since a panel that had those would never ask for it. */
  async #interval(kept: Kept): Promise<WireInterval | 'later' | null> {
    try {
      const packed = await this.#folder.readInterval(kept);
      if (packed === null) throw new Error('it is gone');
      const interval = await unpackInterval(packed, kept.sequence);
      if (this.#unread.sequence === kept.sequence) this.#unread = { sequence: 0, times: 0 };
      return interval;
    } catch (error) {
      if (this.#mayComeLater(kept.sequence, error)) return 'later';
      await this.#drop([kept], 'an interval of history is damaged and left out', error);
      return null;
    }
  }

  #mayComeLater(sequence: number, error: unknown): boolean {
    const passing = passingOf(error);
    if (passing === 'no') return false;
    const times = this.#unread.sequence === sequence ? this.#unread.times + 1 : 1;
    this.#unread = { sequence, times };
    if (times === 1) this.#log.warn({ err: error, sequence }, 'an interval of history cannot be read now');
    return passing === 'surely' || times < READS_MAX;
  }
}

async function pack(sequence: number, { interval, shown, lived }: Closed, life: string | null): Promise<Pick<Unwritten, 'interval' | 'shown'>> {
  return { interval: await packInterval({ sequence, ...interval }), shown: await packShown(sequence, { life, shown, lived }) };
}
