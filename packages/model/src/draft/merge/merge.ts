// Three-way merge: what a draft began with, what is wanted by now, and the draft. Object by object, so that only what both changed is for a person to settle.
import { differing, itself, type Difference } from '../../change/differences.ts';
import type { ClusterDefinition, ClusterDirector, RealServer, Vip, VirtualService } from '../../definition/definition.ts';
import { same } from '../../json/same.ts';
import { mergeList, type Three } from './merge-list.ts';

export type Side = 'wanted' | 'mine';

/** Who changed an object since the base; `both` to the same. */
export type Standing = Side | 'both' | 'conflict';

/** An object that differs from the base on one side at least. */
export interface Meeting {
  readonly key: string;
  readonly standing: Standing;
  /** What each side did to it; null: nothing. */
  readonly wanted: Difference | null;
  readonly mine: Difference | null;
  /** A service that one side has and the other has not: its real servers come or go with it. */
  readonly whole: boolean;
}

/** By the keys of the meetings; of a conflict that nobody settled, mine is taken. */
export type Choices = ReadonlyMap<string, Side>;

export interface Merge {
  readonly base: ClusterDefinition;
  /** What somebody else wants by now. */
  readonly wanted: ClusterDefinition;
  /** The draft; may be half typed. */
  readonly mine: ClusterDefinition;
}

export interface Merged {
  readonly definition: ClusterDefinition;
  readonly meetings: readonly Meeting[];
}

/** What nobody changed, and what only one side changed, goes without a choice; a choice may overrule the latter. */
export function merge(sides: Merge, choices: Choices = new Map()): Merged {
  const { base, wanted, mine } = sides;
  const meetings: Meeting[] = [];
  const settle = settling(meetings, choices);
  const cluster = settle('cluster', named(base), named(wanted), named(mine), tellCluster);
  const directors = mergeList(part(sides, 'directors'), ({ directorId }) => directorId, (key, ...three) => settle(`director ${key}`, ...three, tellDirector));
  const vips = mergeList(part(sides, 'vips'), ({ address }) => address, (key, ...three) => settle(`vip ${key}`, ...three, tellVip));
  const services = mergeList(part(sides, 'services'), ({ id }) => id, (key, ...three) => settleService(settle, key, ...three));
  const members = new Set(directors.map(({ directorId }) => directorId));
  const left = new Set([base, wanted, mine].flatMap((each) => each.directors.map(({ directorId }) => directorId)).filter((id) => !members.has(id)));
  return { definition: { ...mine, ...cluster, directors, vips: vips.map((vip) => heldByMember(vip, left)), services }, meetings };
}

type Cluster = Pick<ClusterDefinition, 'name'>;

function named({ name }: Cluster): Cluster {
  return { name };
}

function part<K extends 'directors' | 'vips' | 'services'>({ base, wanted, mine }: Merge, name: K): Three<ClusterDefinition[K][number]> {
  return { base: base[name], wanted: wanted[name], mine: mine[name] };
}

/** A VIP whose holder left by the other side is held by nobody until a person says by whom. */
function heldByMember(vip: Vip, left: ReadonlySet<string>): Vip {
  return vip.holder !== null && left.has(vip.holder) ? { ...vip, holder: null } : vip;
}

type Tell<T> = (before: T | null, after: T | null) => Difference | null;

const tellCluster: Tell<Cluster> = (before, after) => differing(before, after).map((one) => ({ object: 'cluster' as const, ...one }))[0] ?? null;
const tellDirector: Tell<ClusterDirector> = (before, after) => differing(before, after).map((one) => ({ object: 'director' as const, ...one }))[0] ?? null;
const tellVip: Tell<Vip> = (before, after) => differing(before, after).map((one) => ({ object: 'vip' as const, ...one }))[0] ?? null;
const tellService: Tell<VirtualService> = (before, after) => (
  differing(itself(before), itself(after)).map((one) => ({ object: 'service' as const, ...one }))[0] ?? null);
const tellRealServer = (service: string): Tell<RealServer> => (before, after) => (
  differing(before, after).map((one) => ({ object: 'realServer' as const, service, ...one }))[0] ?? null);

type Settle = <T>(key: string, base: T | null, wanted: T | null, mine: T | null, tell: Tell<T>, whole?: boolean) => T | null;

function settling(meetings: Meeting[], choices: Choices): Settle {
  return (key, base, wanted, mine, tell, whole = false) => {
    const standing = standingOf(base, wanted, mine);
    if (standing === null) return mine;
    const [theirs, own] = [tell(base, wanted), tell(base, mine)];
    // What differs in the order of a set alone is nothing that a person could settle.
    if (theirs !== null || own !== null) meetings.push({ key, standing, wanted: theirs, mine: own, whole });
    const side = choices.get(key) ?? (standing === 'wanted' ? 'wanted' : 'mine');
    return side === 'wanted' ? wanted : mine;
  };
}

function standingOf(base: unknown, wanted: unknown, mine: unknown): Standing | null {
  if (same(base, mine)) return same(base, wanted) ? null : 'wanted';
  if (same(base, wanted)) return 'mine';
  return same(wanted, mine) ? 'both' : 'conflict';
}

type ServiceOrNone = VirtualService | null;

/** Its settings and each of its real servers by themselves; the whole of it where one side has it and the other has not. */
function settleService(settle: Settle, key: string, base: ServiceOrNone, wanted: ServiceOrNone, mine: ServiceOrNone): ServiceOrNone {
  if (wanted === null || mine === null) return settle(`service ${key}`, base, wanted, mine, tellService, true);
  const own = settle(`service ${key}`, bare(base), bare(wanted), bare(mine), tellService) ?? mine;
  const lists = { base: base?.realServers ?? [], wanted: wanted.realServers, mine: mine.realServers };
  const tell = tellRealServer(mine.name);
  return { ...own, realServers: mergeList(lists, ({ id }) => id, (id, ...three) => settle(`realServer ${key} ${id}`, ...three, tell)) };
}

/** Without its real servers. */
function bare(service: ServiceOrNone): ServiceOrNone {
  return service === null ? null : { ...service, realServers: [] };
}
