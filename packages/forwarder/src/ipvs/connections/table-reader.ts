// The thread that reads the connection table, as its user sees it: one reading at a time, which ends with an answer or an error.
import { Worker } from 'node:worker_threads';
import type { Question } from './question.ts';

export interface TablePaths {
  readonly connections: string;
  /** Read where a kernel has not the other one. */
  readonly connectionsWithoutOrigin: string;
  readonly services: string;
}

export const kernelPaths: TablePaths = {
  connections: '/proc/net/ip_vs_conn_sync', connectionsWithoutOrigin: '/proc/net/ip_vs_conn', services: '/proc/net/ip_vs',
};

export interface ReadOrder {
  readonly paths: TablePaths;
  readonly questions: readonly Question[];
  /** Of the processor's time; the reading ends there, or at the wall's. */
  readonly budgetMs: number;
  readonly wallMs: number;
}

export interface FoundLines {
  readonly lines: readonly string[];
  readonly total: number;
  readonly templates: number;
  readonly states: ReadonlyMap<string, number>;
  /** As the columns say it; null where nobody asked. */
  readonly groups: FoundGroups | null;
}

export interface FoundGroups {
  /** The largest, in order. */
  readonly largest: readonly (readonly [columns: string, count: number])[];
  readonly rest: { readonly groups: number | null; readonly connections: number };
}

export interface Reading {
  readonly read: number;
  readonly unreadable: number;
  /** One for each question, in order. */
  readonly found: readonly FoundLines[];
  readonly complete: boolean;
  /** About how many entries there are; null where it is complete or not known. */
  readonly of: number | null;
  readonly spentMs: number;
}

type Answer = { readonly reading: Reading } | { readonly failure: string };

/** Beyond the time of a reading: a thread's start on a busy host. */
const GRACE_MS = 4_000;
/** A thread that nobody needs. */
const IDLE_MS = 60_000;
/** The answers themselves are a few MB. */
const MOST_MEMORY_MB = 128;

const code = new URL('./scan-worker.mjs', import.meta.url);

export class TableReader {
  readonly #code: URL;
  readonly #graceMs: number;
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor({ workerCode = code, graceMs = GRACE_MS }: { workerCode?: URL; graceMs?: number } = {}) {
    this.#code = workerCode;
    this.#graceMs = graceMs;
  }

  async read(order: ReadOrder): Promise<Reading> {
    clearTimeout(this.#idle);
    try {
      const answer = await this.#ask(order);
      if ('failure' in answer) throw new Error(answer.failure);
      return answer.reading;
    } finally {
      this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  /** A reading that goes on fails. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #ask(order: ReadOrder): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const worker = this.#running();
      const failed = (why: string): void => {
        this.#worker = null;
        void worker.terminate();
        end(() => reject(new Error(`the thread that reads the connection table ${why}`)));
      };
      const late = setTimeout(() => failed('did not answer'), order.wallMs + this.#graceMs);
      const answered = (answer: Answer): void => end(() => resolve(answer));
      const crashed = (error: Error): void => failed(`failed: ${error.message}`);
      const ended = (): void => failed('has ended');
      const end = (settle: () => void): void => {
        clearTimeout(late);
        worker.off('message', answered).off('error', crashed).off('exit', ended);
        settle();
      };
      worker.on('message', answered).on('error', crashed).on('exit', ended);
      worker.postMessage(order);
    });
  }

  /** The process does not wait for it. Whichever way it ends, the next reading begins another one. */
  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#code, { resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
    worker.unref();
    const forget = (): void => {
      if (this.#worker === worker) this.#worker = null;
    };
    worker.on('exit', forget).on('error', forget);
    this.#worker = worker;
    return worker;
  }
}
