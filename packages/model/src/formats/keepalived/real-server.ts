// real_server: its words, kept until the service they belong to is known.
import { canonicalAddress } from '../../definition/address.ts';
import type { IpAddress } from '../../definition/address.ts';
import { Name } from '../../definition/text.ts';
import type { Draft, DraftService } from '../draft.ts';
import { realServerOf } from '../words/real-server-settings.ts';
import type { Place, Report, Word } from '../report.ts';
import { portNumber } from '../words/values.ts';
import { aroundWords } from './health/block-words.ts';
import type { WordsOf } from './health/block-words.ts';
import { checks, realServerWords } from './keywords.ts';
import { findExtraWords, findInCheck, leaveOut, leaveOutOfServer } from './leave-out.ts';
import { methodOf } from './method.ts';
import type { MethodWords } from './method.ts';
import { withAll } from './text/tree.ts';
import type { Block } from './text/tree.ts';

export interface RealServerBlock {
  readonly at: Place;
  readonly rip: IpAddress;
  readonly port: number | null;
  /** Null: the service's. */
  readonly method: MethodWords | null;
  readonly weight: Word | null;
  readonly upper: Word | null;
  readonly lower: Word | null;
  readonly name: string | null;
  /** The blocks that say what is asked of it. */
  readonly checks: readonly Block[];
  /** What it says of all its checks. */
  readonly around: WordsOf;
}

function nameOf(word: Word | null, report: Report): string | null {
  if (word === null) return null;
  const name = Name.safeParse(word.text);
  if (!name.success) report.leftOut(word.at, 'nameInvalid', { name: word.text });
  return name.data ?? null;
}

function checksOf({ children }: Block, report: Report): Block[] {
  const found = (children ?? []).filter(({ words: [keyword = ''] }) => checks.has(keyword));
  for (const check of found) for (const each of withAll(check)) findInCheck(each, report);
  return found;
}

/** Null where it was left out; the report says why. */
export function realServerOfBlock(block: Block, report: Report): RealServerBlock | null {
  const [, address = '', portText] = block.words;
  report.understood(block.at);
  const rip = canonicalAddress(address);
  const port = portText === undefined ? null : portNumber(portText);
  const wrong = rip === null ? 'notAnAddress' : portText !== undefined && port === null ? 'notAPort' : null;
  if (rip === null || wrong !== null) {
    leaveOut(block, wrong ?? 'notAnAddress', { text: wrong === 'notAPort' ? portText ?? '' : address }, report);
    return null;
  }
  const words = new Map<string, Word>();
  const around = new Map<string, Word>();
  let method: MethodWords | null = null;
  for (const child of block.children ?? []) {
    const [keyword = '', text = ''] = child.words;
    if (keyword === 'lvs_method' || keyword === 'lb_kind') method = methodOf(child, report) ?? method;
    else if (realServerWords.includes(keyword)) {
      report.understood(child.at);
      findExtraWords(child, 2, report);
      words.set(keyword, { text, at: child.at });
    } else if (aroundWords.has(keyword)) {
      findInCheck(child, report);
      findExtraWords(child, 2, report);
      around.set(keyword, { text, at: child.at });
    } else if (!checks.has(keyword))  leaveOutOfServer(child, realServerWords, report);
  }
  return {
    at: block.at, rip, port, method, weight: words.get('weight') ?? null, upper: words.get('uthreshold') ?? null, lower: words.get('lthreshold') ?? null,
    name: nameOf(words.get('snmp_name') ?? null, report), checks: checksOf(block, report), around,
  };
}

/** What counts for real servers that do not say it themselves. */
export interface OfService {
  readonly method: MethodWords;
  readonly weight: Word | null;
  readonly realServers: readonly RealServerBlock[];
}

export function addRealServers(
  service: DraftService, { method, weight, realServers }: OfService, { draft, report }: { readonly draft: Draft; readonly report: Report },
): void {
  for (const block of realServers) {
    // Thousands of services with thousands of real servers each: nobody could wait for it.
    if (draft.isFull(service)) return draft.leaveOutRest(block.at);
    const realServer = realServerOf({ ...block, ...(block.method ?? method), weight: block.weight ?? weight }, service.service.match, report);
    if (realServer !== null) draft.addRealServer(block.at, service, realServer, block.name ?? undefined);
  }
  return undefined;
}
