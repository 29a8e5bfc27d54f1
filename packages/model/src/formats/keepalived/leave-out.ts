// Says of what is not read why it is left out: health checks and their settings, other parts of keepalived, unknown words.
import { meant } from '../words/misspelt.ts';
import type { NoteCode } from '../notes.ts';
import type { FormatParams } from '../error.ts';
import type { Report } from '../report.ts';
import { checks, healthSettings } from './keywords.ts';
import { withAll } from './text/tree.ts';
import type { Block } from './text/tree.ts';

const timers = new Set(['delay_loop', 'delay_before_retry', 'connect_timeout']);

/** A whole block. */
export function leaveOut(block: Block, code: NoteCode, params: FormatParams, report: Report): void {
  report.leftOut(block.at, code, params);
  leaveOutInside(block, report);
}

export function leaveOutInside(block: Block, report: Report): void {
  if (block.children === null || block.children.length === 0) return;
  const inside = { of: block.words[0] ?? '' };
  for (const each of withAll(block)) if (each !== block) report.leftOut(each.at, 'insideLeftOut', inside);
}

/** What stands behind a statement's own words: keepalived reads one statement on a line. */
export function findExtraWords({ at, words }: Block, most: number, report: Report): void {
  if (words.length > most) report.approximated(at, 'extraWords', { words: words.slice(most).join(' ').slice(0, 60) });
}

/** No path that an HTTP check could ask for. */
export function lacksPath(check: Block): boolean {
  const urls = check.children?.filter(({ words }) => words[0] === 'url') ?? [];
  return urls.length === 0 || urls.some((url) => !(url.children ?? []).some(({ words }) => words[0] === 'path' && words[1] !== undefined));
}

/** Settings of checks that keepalived itself refuses, or dies of. */
export function findInCheck({ at, words: [word = '', value = ''], children }: Block, report: Report): void {
  if ((word === 'HTTP_GET' || word === 'SSL_GET') && lacksPath({ at, words: [word], children })) report.leftOut(at, 'checkWithoutPath', { check: word });
  if (timers.has(word) && !(Number(value) > 0)) report.leftOut(at, 'intervalNotPositive', { word, value });
  if ((word === 'retry' || word === 'nb_get_retry') && Number(value) < 0) report.leftOut(at, 'retryNegative', { value });
}

/** A statement or block of a virtual_server or real_server that nothing of a definition is made of. */
export function leaveOutOfServer(block: Block, known: readonly string[], report: Report): void {
  const word = block.words[0] ?? '';
  for (const each of withAll(block)) findInCheck(each, report);
  if (checks.has(word)) return leaveOut(block, 'healthCheck', { check: word }, report);
  if (healthSettings.has(word)) return leaveOut(block, 'healthSetting', { word }, report);
  return leaveOutUnknown(block, [...known, ...checks, ...healthSettings], report);
}

export function leaveOutUnknown(block: Block, known: readonly string[], report: Report): void {
  const word = block.words[0] ?? '';
  const near = meant(word, known);
  return near === null ? leaveOut(block, 'unknownWord', { word }, report) : leaveOut(block, 'misspelt', { word, meant: near }, report);
}
