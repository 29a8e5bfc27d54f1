// virtual_server: one service, or one for each entry of a group, with its real servers.
import { canonicalAddress, familyOf } from '../../definition/address.ts';
import type { Family } from '../../definition/address.ts';
import { Protocol } from '../../definition/definition.ts';
import type { ServiceMatch } from '../../definition/definition.ts';
import { Name } from '../../definition/text.ts';
import { nameOfMatch } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { ImportOptions } from '../imported.ts';
import type { Place, Report, Word } from '../report.ts';
import { flagNames, settingsOf } from '../words/service-settings.ts';
import { markNumber, portNumber, prefixOfMask } from '../words/values.ts';
import type { Group, GroupEntry } from './group.ts';
import { aroundWords } from './health/block-words.ts';
import { addHealth, readHealth } from './health/read-health.ts';
import type { HealthParts } from './health/read-health.ts';
import { serviceWords } from './keywords.ts';
import { findExtraWords, findInCheck, leaveOut, leaveOutOfServer } from './leave-out.ts';
import { methodOf, natByDefault } from './method.ts';
import { addRealServers, realServerOfBlock } from './real-server.ts';
import type { OfService } from './real-server.ts';
import type { Block } from './text/tree.ts';

export interface Surroundings {
  readonly draft: Draft;
  readonly report: Report;
  readonly groups: ReadonlyMap<string, Group>;
  readonly usedGroups: Set<string>;
  readonly protocol: ImportOptions['protocol'];
}

const settings: Readonly<Record<string, string>> = { lb_algo: 'lvs_sched', lb_kind: 'lvs_method' };

/** The statements of a virtual_server that are said once; the last one counts. */
class ServerWords {
  readonly flags: Word[] = [];
  readonly #words = new Map<string, Word>();

  set(keyword: string, text: string, at: Place): void {
    if (flagNames.includes(keyword)) this.flags.push({ text: keyword, at });
    else this.#words.set(settings[keyword] ?? keyword, { text, at });
  }

  word(keyword: string): Word | null {
    return this.#words.get(keyword) ?? null;
  }
}

interface ServerParts extends OfService, HealthParts {
  readonly words: ServerWords;
}

function partsOf(block: Block, report: Report): ServerParts {
  const words = new ServerWords();
  const around = new Map<string, Word>();
  let method = natByDefault;
  let sorry: Block | null = null;
  // The method counts for real servers before it too.
  for (const child of block.children ?? []) {
    if (child.words[0] === 'lvs_method' || child.words[0] === 'lb_kind') method = methodOf(child, report) ?? method;
  }
  const realServers = (block.children ?? []).flatMap((child) => {
    const [keyword = '', text = ''] = child.words;
    if (keyword === 'real_server') return realServerOfBlock(child, report) ?? [];
    if (keyword === 'sorry_server') sorry = child;
    else if (aroundWords.has(keyword)) {
      findInCheck(child, report);
      findExtraWords(child, 2, report);
      around.set(keyword, { text, at: child.at });
    } else if (!serviceWords.includes(keyword)) leaveOutOfServer(child, serviceWords, report);
    else if (keyword !== 'lvs_method' && keyword !== 'lb_kind') {
      report.understood(child.at);
      findExtraWords(child, flagNames.includes(keyword) || keyword === 'ops' ? 1 : 2, report);
      words.set(keyword, text, child.at);
    }
    return [];
  });
  return { words, method, weight: words.word('weight'), realServers, around, sorry };
}

/** Null: the file does not say it, and nobody chose one. keepalived needs none for a mark, whose packets are told apart elsewhere. */
function protocolOf(block: Block, words: ServerWords, entries: readonly GroupEntry[], { report, protocol }: Surroundings): Protocol | null {
  const said = words.word('protocol');
  const parsed = Protocol.safeParse(said?.text.toLowerCase());
  if (parsed.success) return parsed.data;
  if (said === null && entries.every(({ kind }) => kind === 'mark')) return words.word('ops') === null ? 'tcp' : 'udp';
  const at = said?.at ?? block.at;
  if (said !== null) report.leftOut(at, 'unknownProtocol', { protocol: said.text });
  else if (protocol === null) report.leftOut(at, 'protocolMissing');
  if (protocol !== null) report.approximated(at, 'protocolChosen', { protocol });
  return protocol;
}

/** What the head of a virtual_server stands for; empty where it is left out. */
function entriesOf({ at, words: [, first = '', second] }: Block, { report, groups, usedGroups }: Surroundings): readonly GroupEntry[] {
  if (first === 'group') {
    const group = groups.get(second ?? '');
    usedGroups.add(second ?? '');
    if (group === undefined) report.leftOut(at, 'noSuchGroup', { group: second ?? '' });
    return group?.entries ?? [];
  }
  if (first === 'fwmark') {
    const mark = markNumber(second ?? '');
    if (mark === null) report.leftOut(at, 'notAMark', { text: second ?? '' });
    return mark === null ? [] : [{ kind: 'mark', at, mark, family: null }];
  }
  const vip = canonicalAddress(first);
  const port = second === undefined ? 0 : portNumber(second);
  if (vip === null) report.leftOut(at, 'notAnAddress', { text: first });
  else if (port === null) report.leftOut(at, 'notAPort', { text: second ?? '' });
  return vip === null || port === null ? [] : [{ kind: 'address', at, vip, port }];
}

function markFamily(entry: GroupEntry & { kind: 'mark' }, { words, method, realServers }: ServerParts, report: Report): Family {
  if (entry.family !== null) return entry.family;
  const said = words.word('ip_family');
  if (said !== null && said.text !== 'inet' && said.text !== 'inet6') report.leftOut(said.at, 'familyInvalid', { family: said.text });
  if (said !== null) return said.text === 'inet6' ? 'ipv6' : 'ipv4';
  const untunnelled = realServers.find((realServer) => (realServer.method ?? method).method !== 'tun') ?? realServers[0];
  return untunnelled === undefined ? 'ipv4' : familyOf(untunnelled.rip);
}

function matchOf(entry: GroupEntry, protocol: Protocol, parts: ServerParts, report: Report): ServiceMatch {
  if (entry.kind === 'address') return { kind: 'address', protocol, vip: entry.vip, port: entry.port };
  return { kind: 'mark', family: markFamily(entry, parts, report), mark: entry.mark, protocol, vips: [], ports: [] };
}

function namesOf(block: Block, words: ServerWords, report: Report): (match: ServiceMatch) => string {
  const said = words.word('snmp_name');
  const name = Name.safeParse(said?.text);
  if (said !== null && !name.success) report.leftOut(said.at, 'nameInvalid', { name: said.text });
  const base = name.success ? name.data : null;
  if (block.words[1] !== 'group') return (match) => base ?? nameOfMatch(match);
  return (match) => Name.safeParse(`${base ?? block.words[2] ?? ''} ${nameOfMatch(match)}`).data ?? nameOfMatch(match);
}

/** keepalived takes a granularity without a timeout as persistence with the default one, also a granularity that is not contiguous. */
function timeoutOf(words: ServerWords, match: ServiceMatch): Word | null {
  const mask = words.word('persistence_granularity');
  const said = words.word('persistence_timeout');
  if (said !== null || mask === null) return said;
  return prefixOfMask(mask.text, match.kind === 'mark' ? match.family : familyOf(match.vip)) === null ? null : { text: '', at: mask.at };
}

export function readServer(block: Block, surroundings: Surroundings): void {
  const { draft, report } = surroundings;
  report.understood(block.at);
  const parts = partsOf(block, report);
  const entries = entriesOf(block, surroundings);
  const protocol = protocolOf(block, parts.words, entries, surroundings);
  if (protocol === null || entries.length === 0) return leaveOut(block, 'insideLeftOut', { of: block.words.slice(0, 3).join(' ') }, report);
  const nameOf = namesOf(block, parts.words, report);
  const health = readHealth(parts, report);
  for (const entry of entries) {
    const match = matchOf(entry, protocol, parts, report);
    const { words } = parts;
    const made = draft.addService(entry.at, match, settingsOf({
      scheduler: words.word('lvs_sched'), flags: words.flags, timeout: timeoutOf(words, match), mask: words.word('persistence_granularity'),
      engine: words.word('persistence_engine'), onePacket: words.word('ops'),
    }, { family: match.kind === 'mark' ? match.family : familyOf(match.vip), protocol: match.kind === 'mark' ? null : protocol }, report), nameOf(match));
    if (made !== null) {
      addRealServers(made, parts, surroundings);
      if (health !== null) addHealth(made, health, parts, report);
    } else if (entries.length === 1) leaveOut(block, 'insideLeftOut', { of: block.words.slice(0, 3).join(' ') }, report);
  }
  return undefined;
}
