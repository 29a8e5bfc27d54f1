// The one who reads a director's connection table: for all who ask at the same time in one go, within a budget, and never twice at once.
import { sortedStates } from '@weir/model';
import type { Connection, ConnectionChoice, ConnectionList } from '@weir/model';
import { Turns } from '../../turns.ts';
import { Budget, usualAllowance } from './budget.ts';
import type { Allowance } from './budget.ts';
import { connectionOf } from './entry.ts';
import { groupsOf } from './groups.ts';
import { questionOf } from './question.ts';
import type { Question } from './question.ts';
import { kernelPaths, TableReader } from './table-reader.ts';
import type { FoundLines, Reading, TablePaths } from './table-reader.ts';

export interface ScannerOptions {
  readonly paths?: TablePaths;
  readonly allowance?: Allowance;
  readonly reader?: TableReader;
}

interface Asked {
  /** Equal questions have equal keys. */
  readonly key: string;
  readonly question: Question;
  readonly resolve: (list: ConnectionList) => void;
  readonly reject: (error: Error) => void;
}

/** Each keeps up to 10,000 lines. */
const MOST_QUESTIONS = 8;
const MOST_WAITING = 64;
/** With less of the budget left, a reading of a large table would show next to nothing. */
const LEAST_BUDGET_MS = 50;
/** On a host so busy that the thread hardly gets the processor. */
const WALL_MS = 3_000;

export class ConnectionScanner {
  readonly #paths: TablePaths;
  readonly #budget: Budget;
  readonly #reader: TableReader;
  readonly #closing = new AbortController();
  #asked: readonly Asked[] = [];
  #reading = false;

  constructor({ paths = kernelPaths, allowance = usualAllowance, reader = new TableReader() }: ScannerOptions = {}) {
    this.#paths = paths;
    this.#budget = new Budget(allowance, () => performance.now());
    this.#reader = reader;
  }

  /** What is in the table after it was asked. Waits for the reading before, and for the budget. */
  scan(choice: ConnectionChoice, limit: number): Promise<ConnectionList> {
    if (this.#closing.signal.aborted) return Promise.reject(new Error('the driver is closed'));
    if (this.#asked.length >= MOST_WAITING) return Promise.reject(new Error(`${MOST_WAITING} already wait for it`));
    const question = questionOf(choice, limit);
    return new Promise((resolve, reject) => {
      const key = JSON.stringify({ ...question, services: question.services === null ? null : [...question.services].toSorted(([a], [b]) => (a < b ? -1 : 1)) });
      this.#asked = [...this.#asked, { key, question, resolve, reject }];
      void this.#readAll();
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#refuse(this.#asked, new Error('the driver was closed'));
    this.#asked = [];
    await this.#reader.close();
  }

  async #readAll(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#asked.length > 0) {
        await this.#pause(this.#budget.waitMs(LEAST_BUDGET_MS));
        const keys = [...new Set(this.#asked.map(({ key }) => key))].slice(0, MOST_QUESTIONS);
        const now = this.#asked.filter(({ key }) => keys.includes(key));
        this.#asked = this.#asked.filter(({ key }) => !keys.includes(key));
        await this.#answer(keys, now);
      }
    } finally {
      this.#reading = false;
    }
  }

  async #answer(keys: readonly string[], asked: readonly Asked[]): Promise<void> {
    const questions = keys.flatMap((key) => asked.find((one) => one.key === key)?.question ?? []);
    try {
      const measuredAtMs = Date.now();
      const reading = await this.#read(questions);
      for (const [at, found] of reading.found.entries()) {
        const list = await listOf(reading, found, { measuredAtMs, groupBy: questions[at]?.groupBy ?? null });
        for (const one of asked.filter(({ key }) => key === keys[at])) one.resolve(list);
      }
    } catch (error) {
      this.#refuse(asked, error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** What a reading that failed has cost is not known: at most the time that it took. */
  async #read(questions: readonly Question[]): Promise<Reading> {
    const budgetMs = this.#budget.leftMs;
    const begunMs = performance.now();
    let spentMs: number | null = null;
    try {
      const reading = await this.#reader.read({ paths: this.#paths, questions, budgetMs, wallMs: WALL_MS });
      ({ spentMs } = reading);
      return reading;
    } finally {
      this.#budget.spend(spentMs ?? Math.min(budgetMs, performance.now() - begunMs));
    }
  }

  #refuse(asked: readonly Asked[], error: Error): void {
    for (const { reject } of asked) reject(error);
  }

  #pause(waitMs: number): Promise<void> {
    if (waitMs === 0 || this.#closing.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#closing.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      this.#closing.signal.addEventListener('abort', done);
    });
  }
}

interface Said {
  readonly measuredAtMs: number;
  readonly groupBy: Question['groupBy'];
}

async function listOf(
  { complete, read, of, unreadable }: Reading, { lines, total, templates, states, groups }: FoundLines, { measuredAtMs, groupBy }: Said,
): Promise<ConnectionList> {
  const entries: Connection[] = [];
  const turns = new Turns();
  for (const line of lines) {
    const connection = connectionOf(line);
    if (connection !== null) entries.push(connection);
    await turns.next();
  }
  return {
    entries, templates, measuredAtMs,
    total: complete ? total : null,
    states: sortedStates(states),
    groups: groups === null || groupBy === null ? null : groupsOf(groupBy, groups),
    sample: complete ? null : { read, of: of !== null && of > read ? of : null },
    unreadable: unreadable + lines.length - entries.length,
  };
}
