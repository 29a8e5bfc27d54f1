// The health of a service, from the checks of its real servers: what most of them are asked, all are.
import { canonicalAddress } from '../../../definition/address.ts';
import type { HealthCheck, ServiceHealth } from '../../../definition/health/service-health.ts';
import { canonicalText } from '../../../json/canonical-text.ts';
import type { Report, Word } from '../../report.ts';
import { realServerOf } from '../../words/real-server-settings.ts';
import { numberWithin, portNumber, wholeNumber } from '../../words/values.ts';
import type { DraftService } from '../../draft.ts';
import { leaveOut } from '../leave-out.ts';
import type { MethodWords } from '../method.ts';
import type { RealServerBlock } from '../real-server.ts';
import type { Block } from '../text/tree.ts';
import type { WordsOf } from './block-words.ts';
import { readCheck } from './read-check.ts';
import type { ReadCheck } from './read-check.ts';

const MOST_CHECKS = 8;

export interface HealthParts {
  readonly realServers: readonly RealServerBlock[];
  /** Of the service. */
  readonly around: WordsOf;
  readonly sorry: Block | null;
  readonly method: MethodWords;
  readonly weight: Word | null;
}

type Nameless = Omit<HealthCheck, 'id'>;

/** Ids and the sorry server are each service's own. */
export interface ReadHealth extends Omit<ServiceHealth, 'checks' | 'sorry' | 'belowQuorum'> {
  readonly checks: readonly Nameless[];
}

interface Asked {
  readonly realServer: RealServerBlock;
  readonly checks: readonly { readonly read: ReadCheck; readonly check: Nameless }[];
  readonly key: string;
}

interface Read {
  readonly realServer: RealServerBlock;
  readonly checks: readonly ReadCheck[];
}

/** Each at its own port, of which there are several: they are all asked the same. */
function namesOwnPorts(all: readonly Read[]): boolean {
  const asked = all.filter(({ checks }) => checks.length > 0);
  return new Set(asked.map(({ realServer }) => realServer.port)).size > 1
    && asked.every(({ realServer, checks }) => checks.every(({ port }) => port === null || port === realServer.port));
}

function askedOf({ realServer, checks: all }: Read, isAtOwnPort: boolean): Asked {
  const checks = all.map((read) => {
    const { block: _, port, ...rest } = read;
    return { read, check: { ...rest, port: isAtOwnPort ? null : port, rise: 1 } };
  });
  return { realServer, checks, key: canonicalText(checks.map(({ check }) => check)) };
}

/** Of those that are asked anything; the first of several that are as many. */
function mostCommon(asked: readonly Asked[]): Asked | null {
  const counts = new Map<string, number>();
  for (const { key } of asked) counts.set(key, (counts.get(key) ?? 0) + 1);
  return asked.reduce<Asked | null>((best, one) => (best === null || (counts.get(one.key) ?? 0) > (counts.get(best.key) ?? 0) ? one : best), null);
}

function leaveOutAround({ realServers, around, sorry }: HealthParts, report: Report): void {
  for (const words of [around, ...realServers.map((realServer) => realServer.around)]) {
    for (const [word, { at }] of words) report.leftOut(at, 'settingWithoutCheck', { word });
  }
  if (sorry !== null) leaveOut(sorry, 'sorryWithoutCheck', { address: sorry.words.slice(1).join(' ') }, report);
}

/** keepalived counts weight, up from quorum + hysteresis and down below quorum - hysteresis; we count real servers: as many as can weigh that, so that nobody is sent away too early. */
function quorumOf({ around, realServers, weight: usual }: HealthParts, report: Report): ServiceHealth['quorum'] {
  const word = around.get('quorum') ?? null;
  const quorum = word === null ? 1 : numberWithin(word.text, 1, 10_000);
  const spread = around.get('hysteresis') ?? null;
  const given = spread === null ? 0 : wholeNumber(spread.text) ?? 0;
  if (word !== null && quorum === null) report.leftOut(word.at, 'healthSetting', { word: 'quorum' });
  if (spread !== null && (given < 0 || given >= (quorum ?? 1))) report.leftOut(spread.at, 'hysteresisNotBelowQuorum', { hysteresis: spread.text, quorum: quorum ?? 1 });
  const hysteresis = given >= 0 && given < (quorum ?? 1) ? given : 0;
  const weights = realServers.map(({ weight }) => wholeNumber((weight ?? usual)?.text ?? '1') ?? 1).toSorted((one, other) => one - other);
  const least = (quorum ?? 1) - hysteresis;
  const up = countFor(least, weights.toReversed());
  if (word !== null && quorum !== null && countFor(least, weights) !== up) report.approximated(word.at, 'quorumByCount', { quorum, count: up });
  return { up, hysteresis: Math.max(0, countFor((quorum ?? 1) + hysteresis, weights.toReversed()) - up) };
}

/** How many of them, taken in this order, weigh so much; all where they do not: keepalived reduces such a quorum. */
function countFor(weight: number, weights: readonly number[]): number {
  let sum = 0;
  const place = weights.findIndex((one) => (sum += one) >= weight);
  return Math.max(1, place === -1 ? weights.length : place + 1);
}

function isInhibited({ around }: RealServerBlock, service: WordsOf): boolean {
  return around.has('inhibit_on_failure') || service.has('inhibit_on_failure');
}

function effectOf({ realServers, around }: HealthParts, report: Report): Pick<ServiceHealth, 'first' | 'whenDown'> {
  const inhibited = realServers.filter((realServer) => isInhibited(realServer, around));
  const isShared = inhibited.length === realServers.length || inhibited.length === 0;
  for (const { around: own } of isShared ? [] : inhibited) {
    const word = own.get('inhibit_on_failure');
    if (word !== undefined) report.approximated(word.at, 'ofAllRealServers', { word: 'inhibit_on_failure' });
  }
  const isAlpha = around.has('alpha') || realServers.some((realServer) => realServer.around.has('alpha') || realServer.checks.some(({ children }) => children?.some(({ words }) => words[0] === 'alpha')));
  return { first: isAlpha ? 'down' : 'up', whenDown: inhibited.length > 0 ? 'weightZero' : 'remove' };
}

/** Null where nothing is asked of any real server, or nothing that a definition could say. */
export function readHealth(parts: HealthParts, report: Report): ReadHealth | null {
  const all = parts.realServers.map((realServer): Read => (
    { realServer, checks: realServer.checks.flatMap((block) => readCheck(block, [realServer.around, parts.around], report)) }));
  const isAtOwnPort = namesOwnPorts(all);
  const asked = all.map((read) => askedOf(read, isAtOwnPort));
  const chosen = mostCommon(asked.filter(({ checks }) => checks.length > 0));
  if (chosen === null) {
    leaveOutAround(parts, report);
    return null;
  }
  for (const { realServer, checks, key } of asked) {
    if (key === chosen.key) continue;
    if (checks.length === 0) report.approximated(realServer.at, 'checkedAsOthers', { realServer: realServer.rip });
    for (const { read } of checks) report.approximated(read.block.at, 'checkOfOthers', { check: read.block.words[0] ?? '' });
  }
  for (const { read } of chosen.checks.slice(MOST_CHECKS)) report.leftOut(read.block.at, 'tooManyChecks', { most: MOST_CHECKS });
  for (const words of [parts.around, ...parts.realServers.map(({ around }) => around)]) for (const { at } of words.values()) report.understood(at);
  return { checks: chosen.checks.slice(0, MOST_CHECKS).map(({ check }) => check), ...effectOf(parts, report), quorum: quorumOf(parts, report), slowStartSeconds: 0, flapping: null };
}

function sorryOf({ sorry, method }: HealthParts, { service }: DraftService, report: Report): ServiceHealth['sorry'] {
  if (sorry === null) return null;
  const { at, words: [, address = '', portText] } = sorry;
  const rip = canonicalAddress(address);
  const port = portText === undefined ? null : portNumber(portText);
  if (rip === null || (portText !== undefined && port === null)) {
    report.leftOut(at, rip === null ? 'notAnAddress' : 'notAPort', { text: rip === null ? address : portText ?? '' });
    return null;
  }
  report.understood(at);
  const weight: Word | null = null;
  const made = realServerOf({ at, rip, port, ...method, weight, upper: null, lower: null }, service.match, report);
  return made === null ? null : { id: `${service.id}-sorry`, name: 'sorry server', rip: made.rip, port: made.port, method: made.method };
}

export function addHealth(draft: DraftService, health: ReadHealth, parts: HealthParts, report: Report): void {
  const { service } = draft;
  const sorry = sorryOf(parts, draft, report);
  service.health = {
    ...health, checks: health.checks.map((check, n) => ({ id: `${service.id}-c${n + 1}`, ...check })), belowQuorum: sorry === null ? 'goOn' : 'sorry', sorry,
  };
}
