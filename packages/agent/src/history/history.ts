// History on a director: what its samples come to, on the disk until a panel has it, and the last minutes in memory.
import { IntervalMaker, labelsOf } from '@weir/model';
import type { Closed, LabelledCluster, Labels, Recent, Sample } from '@weir/model';
import type { JournalAnswer, JournalCommitted, JournalCommittedInput, JournalInput, RecentInput } from '@weir/protocol';
import type { Forwarder } from '@weir/forwarder';
import type { Logger } from 'pino';
import { Journal } from './journal/journal.ts';
import type { LastShown } from './journal/shown-file.ts';
import { RecentMemory } from './memory/recent-memory.ts';

/** An agent that stops waits no longer for what it would have counted in its last second. */
const LAST_SAMPLE_DEADLINE_MS = 1_000;
const RECENT_BYTES_MAX = 64 * 1_048_576;

export interface HistoryParts {
  readonly folder: string;
  readonly forwarder: Pick<Forwarder, 'capabilities' | 'sample'>;
  /** Of the forwarder; null: it begins with its agent. */
  readonly life: string | null;
  /** Another array as soon as anything of it is another. */
  readonly accepted: () => readonly LabelledCluster[];
  readonly log: Logger;
}

/** What counters grow from in this life of the agent. */
function beginning(life: string | null, last: LastShown | null): 'nothing' | 'unknown' | LastShown['shown'] {
  if (life === null) return 'nothing';
  if (last === null) return 'unknown';
  return last.life === life ? last.shown : 'nothing';
}

/** The labels of what is accepted, made once for each. */
function labelsBy(accepted: HistoryParts['accepted']): () => Labels {
  let of: readonly LabelledCluster[] | null = null;
  let labels: Labels = new Map();
  return () => {
    const now = accepted();
    if (now !== of) {
      of = now;
      labels = labelsOf(now);
    }
    return labels;
  };
}

export class History {
  readonly #parts: HistoryParts;
  readonly #journal: Journal;
  readonly #maker: IntervalMaker;
  readonly #memory: RecentMemory;

  private constructor(parts: HistoryParts, journal: Journal, last: LastShown | null) {
    const { forwarder: { capabilities: { byteKind, countersRefreshMs, outlivesAgent } }, life, accepted } = parts;
    const labels = labelsBy(accepted);
    this.#parts = parts;
    this.#journal = journal;
    this.#maker = new IntervalMaker({
      byteKind, countersRefreshMs, labels, bringsBack: outlivesAgent, from: beginning(life, last), lived: last?.lived ?? journal.livedHere,
    });
    this.#memory = new RecentMemory({ byteKind, countersRefreshMs, labels, bytesMax: RECENT_BYTES_MAX });
  }

  static async load(parts: HistoryParts): Promise<History> {
    const journal = await Journal.open({ folder: parts.folder, log: parts.log });
    return new History(parts, journal, await journal.lastShown());
  }

  /** How many intervals no panel has committed yet. */
  get backlog(): number {
    return this.#journal.backlog;
  }

  take(sample: Sample): void {
    this.#memory.take(sample);
    this.#keep(this.#maker.take(sample));
  }

  journal(input: JournalInput): Promise<JournalAnswer> {
    return this.#journal.read(input);
  }

  committed(input: JournalCommittedInput): Promise<JournalCommitted> {
    return this.#journal.commit(input);
  }

  recent(input: RecentInput): Promise<Recent> {
    return this.#memory.recent(input);
  }

  /** Looks a last time: what counts in this process is gone with it. */
  async stop(): Promise<void> {
    const { forwarder, log } = this.#parts;
    let late: NodeJS.Timeout | undefined;
    try {
      const sample = await Promise.race([forwarder.sample(), new Promise<null>((resolve) => { late = setTimeout(resolve, LAST_SAMPLE_DEADLINE_MS, null); })]);
      if (sample !== null) this.take(sample);
    } catch (error) {
      log.warn({ err: error }, 'the forwarder gives no last counters');
    } finally {
      clearTimeout(late);
    }
    this.#keep(this.#maker.end());
  }

  /** Comes back when all of it is on the disk. */
  close(): Promise<void> {
    return this.#journal.close();
  }

  #keep(closed: Closed | null): void {
    if (closed !== null) void this.#journal.append(closed, this.#parts.life);
  }
}
