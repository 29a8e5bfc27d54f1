// The words of a check, and of what stands around it: what the check does not say its real server says, then the service.
import type { Report, Word } from '../../report.ts';
import { findExtraWords } from '../leave-out.ts';
import type { Block } from '../text/tree.ts';

export type WordsOf = ReadonlyMap<string, Word>;

/** What a check, a real server or a service may say of how it is asked. */
const timing = ['delay_loop', 'connect_timeout', 'retry', 'nb_get_retry', 'delay_before_retry', 'alpha'];
/** Of a service or a real server. */
export const aroundWords: ReadonlySet<string> = new Set([...timing, 'inhibit_on_failure', 'quorum', 'hysteresis']);
const insideWords: ReadonlySet<string> = new Set([...timing, 'connect_port', 'bindto']);

const LONGEST_MS = 3_600_000;

/** Statements of the block; those that are not known to it are named. */
export function wordsIn(block: Block, own: readonly string[], report: Report): Map<string, Word> {
  report.understood(block.at);
  const words = new Map<string, Word>();
  for (const statement of block.children ?? []) {
    const { at, words: [keyword = '', text = ''], children } = statement;
    if (children !== null) continue;
    if (!insideWords.has(keyword) && !own.includes(keyword)) report.leftOut(at, 'healthSetting', { word: keyword });
    else {
      report.understood(at);
      findExtraWords(statement, 2, report);
      words.set(keyword, { text, at });
    }
  }
  return words;
}

export function sayOf(keyword: string, places: readonly WordsOf[]): Word | null {
  return places.map((words) => words.get(keyword)).find((word) => word !== undefined) ?? null;
}

/** Seconds, with decimals since keepalived 2; what does not fit between the bounds is taken as the nearest that does. */
export function millisecondsOf(word: Word | null, bounds: { readonly least: number; readonly most: number }, report: Report): number | null {
  if (word === null) return null;
  const seconds = /^\d{1,9}(?:\.\d{1,6})?$/.test(word.text) ? Number(word.text) : 0;
  // What is not above 0 is named where the file is read.
  if (seconds === 0) return null;
  const givenMs = Math.round(seconds * 1_000);
  const takenMs = Math.min(bounds.most, Math.max(bounds.least, givenMs));
  if (takenMs !== givenMs) report.approximated(word.at, 'valueTaken', { value: word.text, taken: takenMs / 1_000 });
  return takenMs;
}

export interface Timing {
  readonly intervalMs: number;
  readonly changingIntervalMs: number | null;
  readonly timeoutMs: number;
  readonly fall: number;
}

export interface Defaults {
  readonly retry: number;
  /** Null: delay_loop. */
  readonly retryMs: number | null;
  /** Null: delay_loop. */
  readonly timeoutMs: number | null;
  readonly timeoutWord: string;
}

/** keepalived's defaults: check_api.c, check_parser.c and those of each check. */
export function timingOf(places: readonly WordsOf[], defaults: Defaults, report: Report): Timing {
  const intervalMs = millisecondsOf(sayOf('delay_loop', places), { least: 200, most: LONGEST_MS }, report) ?? 60_000;
  const retryWord = sayOf('retry', places) ?? sayOf('nb_get_retry', places);
  const retry = retryWord !== null && /^\d{1,4}$/.test(retryWord.text) ? Number(retryWord.text) : defaults.retry;
  const retryMs = millisecondsOf(sayOf('delay_before_retry', places), { least: 200, most: LONGEST_MS }, report) ?? defaults.retryMs ?? intervalMs;
  const timeoutMs = millisecondsOf(sayOf(defaults.timeoutWord, places), { least: 50, most: 120_000 }, report) ?? defaults.timeoutMs ?? Math.min(120_000, intervalMs);
  if (retryWord !== null && retry > 99) report.approximated(retryWord.at, 'valueTaken', { value: retryWord.text, taken: 99 });
  return { intervalMs, changingIntervalMs: retry === 0 || retryMs === intervalMs ? null : retryMs, timeoutMs, fall: Math.min(99, retry) + 1 };
}
