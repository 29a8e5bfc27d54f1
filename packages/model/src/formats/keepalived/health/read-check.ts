// One check block of a real server: what it asks, and how often.
import { canonicalAddress } from '../../../definition/address.ts';
import type { IpAddress } from '../../../definition/address.ts';
import type { Expected } from '../../../definition/health/probe.ts';
import { Probe } from '../../../definition/health/probe.ts';
import type { Report, Word } from '../../report.ts';
import { numberWithin } from '../../words/values.ts';
import { findExtraWords, lacksPath, leaveOut, leaveOutInside } from '../leave-out.ts';
import type { Block } from '../text/tree.ts';
import { sayOf, timingOf, wordsIn } from './block-words.ts';
import type { Defaults, Timing, WordsOf } from './block-words.ts';

export interface ReadCheck extends Timing {
  readonly block: Block;
  readonly probe: Probe;
  readonly port: number | null;
  readonly source: IpAddress | null;
}

const usual: Defaults = { retry: 1, retryMs: 1_000, timeoutMs: 5_000, timeoutWord: 'connect_timeout' };

interface Kind {
  readonly own: readonly string[];
  readonly defaults: Defaults;
  /** Empty where it cannot be said. */
  readonly probes: (block: Block, words: WordsOf, report: Report) => readonly unknown[];
}

function patternOf(word: Word, report: Report): Expected | null {
  try {
    void new RegExp(word.text, 'mu');
    return { kind: 'pattern', pattern: word.text };
  } catch {
    report.leftOut(word.at, 'healthSetting', { word: 'regex' });
    return null;
  }
}

/** `200`, `200-299`, several of them; keepalived takes 200 to 299 where none is said. */
function statusesOf(texts: readonly string[]): { from: number; to: number }[] {
  const ranges = texts.flatMap((text) => {
    const [, from, to = from] = /^(\d{3})(?:-(\d{3}))?$/.exec(text) ?? [];
    return from === undefined ? [] : [{ from: Number(from), to: Number(to) }];
  });
  return ranges.length === 0 ? [{ from: 200, to: 299 }] : ranges;
}

const urlWords = new Set(['path', 'status_code', 'regex', 'virtualhost']);

function urlProbe(url: Block, words: WordsOf, isTls: boolean, report: Report): unknown {
  report.understood(url.at);
  const said = new Map((url.children ?? []).map((child) => [child.words[0] ?? '', child]));
  for (const child of url.children ?? []) {
    const [word = ''] = child.words;
    if (!urlWords.has(word)) report.leftOut(child.at, 'healthSetting', { word });
    else {
      report.understood(child.at);
      if (word !== 'status_code') findExtraWords(child, 2, report);
    }
  }
  const regex = said.get('regex');
  const host = said.get('virtualhost')?.words[1] ?? words.get('virtualhost')?.text ?? null;
  return {
    type: 'http', method: 'GET', path: said.get('path')?.words[1] ?? '', host, headers: [], statuses: statusesOf(said.get('status_code')?.words.slice(1) ?? []),
    body: regex === undefined ? null : patternOf({ text: regex.words[1] ?? '', at: regex.at }, report),
    tls: isTls ? { name: words.has('enable_sni') ? host : null, verify: false, endsAfterDays: null, clientCertificate: null } : null,
  };
}

function http(isTls: boolean): Kind {
  return {
    own: ['virtualhost', 'enable_sni'], defaults: { ...usual, retryMs: 3_000 },
    probes: (block, words, report) => (block.children ?? []).filter(({ words: [keyword] }) => keyword === 'url').map((url) => urlProbe(url, words, isTls, report)),
  };
}

const plain = (type: 'tcp' | 'icmp'): Kind => ({ own: [], defaults: usual, probes: () => [{ type }] });

const kinds: Readonly<Record<string, Kind>> = {
  TCP_CHECK: plain('tcp'),
  PING_CHECK: plain('icmp'),
  HTTP_GET: http(false),
  SSL_GET: http(true),
  DNS_CHECK: {
    own: ['type', 'name'], defaults: { ...usual, retry: 3, retryMs: null },
    probes: (_, words) => [{ type: 'dns', transport: 'udp', name: words.get('name')?.text ?? '.', record: (words.get('type')?.text ?? 'SOA').toUpperCase(), answer: null }],
  },
  MISC_CHECK: {
    own: ['misc_path', 'misc_timeout'], defaults: { retry: 0, retryMs: 1_000, timeoutMs: null, timeoutWord: 'misc_timeout' },
    probes: (_, words, report) => {
      const path = words.get('misc_path');
      const [program = '', ...given] = path?.text.split(/\s+/).filter((part) => part !== '') ?? [];
      const file = program.slice(program.lastIndexOf('/') + 1);
      if (path !== undefined && file !== '') report.approximated(path.at, 'scriptByName', { file });
      return [{ type: 'script', file, arguments: given }];
    },
  },
};

function sourceOf(word: Word | null, report: Report): IpAddress | null {
  if (word === null) return null;
  const source = canonicalAddress(word.text);
  if (source === null) report.leftOut(word.at, 'notAnAddress', { text: word.text });
  return source;
}

/** Empty where it was left out; the report says why. */
export function readCheck(block: Block, around: readonly WordsOf[], report: Report): ReadCheck[] {
  const [keyword = ''] = block.words;
  const kind = kinds[keyword];
  if (kind === undefined) {
    leaveOut(block, 'healthCheck', { check: keyword }, report);
    return [];
  }
  const words = wordsIn(block, kind.own, report);
  const probes = kind.probes(block, words, report).map((probe) => Probe.safeParse(probe).data ?? null);
  if (probes.length === 0 || probes.includes(null)) {
    // That it has no path was said when it was read.
    if ((keyword === 'HTTP_GET' || keyword === 'SSL_GET') && lacksPath(block)) leaveOutInside(block, report);
    else leaveOut(block, 'checkNotSayable', { check: keyword }, report);
    return [];
  }
  const places = [words, ...around];
  const portWord = words.get('connect_port') ?? null;
  const port = portWord === null ? null : numberWithin(portWord.text, 1, 65_535);
  if (portWord !== null && port === null) report.leftOut(portWord.at, 'notAPort', { text: portWord.text });
  const rest = { block, port, source: sourceOf(sayOf('bindto', places), report), ...timingOf(places, kind.defaults, report) };
  return probes.flatMap((probe) => (probe === null ? [] : [{ ...rest, probe }]));
}
