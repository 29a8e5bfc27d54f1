// Which entries of the audit log are events too, and what they say: what was done to clusters and directors, not what people did about themselves. Pure.
import { z } from 'zod';
import type { EventKind, EventObject, EventParams, EventTone } from '../../events/event.ts';
import type { Prisma } from '../db/generated/client.ts';
import type { EventDraft } from './draft.ts';

export interface AuditedEntry {
  readonly atMs: number;
  readonly actorName: string | null;
  readonly action: string;
  readonly object: { readonly kind: string; readonly id?: string | null; readonly name?: string | null };
  readonly before?: Prisma.InputJsonValue | undefined;
  readonly after?: Prisma.InputJsonValue | undefined;
  readonly outcome: 'done' | 'refused' | 'failed';
}

const text = z.string();
const count = z.number();
const Named = z.array(z.looseObject({ service: text, realServer: text }));
const Target = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('realServer'), serviceId: text, realServerId: text }),
  z.looseObject({ kind: z.literal('service'), serviceId: text }),
  z.looseObject({ kind: z.literal('host'), rip: text }),
]);

/** What entries hold that events say; whatever has another shape is left out. */
const Said = z.object({
  revision: count.optional().catch(undefined),
  applyId: text.optional().catch(undefined),
  proposed: z.boolean().optional().catch(undefined),
  author: text.optional().catch(undefined),
  director: text.optional().catch(undefined),
  why: text.optional().catch(undefined),
  remaining: count.optional().catch(undefined),
  name: text.optional().catch(undefined),
  host: text.nullable().optional().catch(undefined),
  service: text.nullable().optional().catch(undefined),
  clusterId: text.optional().catch(undefined),
  realServers: Named.optional().catch(undefined),
  directors: z.array(z.unknown()).optional().catch(undefined),
  weights: z.array(z.unknown()).optional().catch(undefined),
  ordered: z.object({ target: Target.optional().catch(undefined), effect: z.looseObject({ kind: text, weight: count.optional() }).optional().catch(undefined) }).optional().catch(undefined),
  rule: text.optional().catch(undefined),
});
type Said = z.infer<typeof Said>;

function saidIn(value: unknown): Said {
  return Said.safeParse(value ?? {}).data ?? {};
}

interface Telling {
  readonly kind: EventKind;
  readonly code: string;
  readonly tone: EventTone;
}

/** Null: that it was so adds nothing to the event before it. */
type Tells = Readonly<Record<'done' | 'failed', readonly [code: string, tone: EventTone] | null>>;

const all = (kind: EventKind, actions: Readonly<Record<string, Tells>>): ReadonlyMap<string, (outcome: 'done' | 'failed') => Telling | null> => (
  new Map(Object.entries(actions).map(([action, tells]) => [action, (outcome) => {
    const told = tells[outcome];
    return told === null ? null : { kind, code: told[0], tone: told[1] };
  }])));

const plain = (code: string): Tells => ({ done: [code, 'plain'], failed: [code, 'plain'] });
const ifFailed = (code: string): Tells => ({ done: null, failed: [code, 'warn'] });

const tellings = new Map([
  ...all('revision', {
    'clusters.create': plain('created'), 'clusters.save': plain('saved'), 'clusters.approve': plain('approved'), 'clusters.reject': plain('rejected'),
    'clusters.retire': plain('retired'), 'clusters.forget': { done: ['forgotten', 'warn'], failed: null },
  }),
  ...all('apply', {
    'changes.apply': plain('ordered'), 'changes.finish': { done: ['applied', 'good'], failed: ['failed', 'bad'] }, 'changes.interrupt': { done: null, failed: ['interrupted', 'bad'] },
    'changes.confirm': plain('confirmed'), 'changes.revertNow': { done: ['goBack', 'warn'], failed: null }, 'changes.wentBack': { done: ['wentBack', 'warn'], failed: ['partlyBack', 'bad'] },
    'changes.goOn': plain('wentOn'), 'changes.stopHere': plain('stopped'),
  }),
  ...all('drain', {
    'drains.begin': plain('begun'), 'drains.beginFinish': ifFailed('notEverywhere'), 'drains.again': { done: ['again', 'plain'], failed: ['notEverywhere', 'warn'] },
    'drains.safe': { done: ['safe', 'good'], failed: null }, 'drains.end': { done: ['ended', 'plain'], failed: ['notEnded', 'warn'] },
  }),
  ...all('override', {
    'overrides.set': plain('set'), 'overrides.setFinish': ifFailed('notEverywhere'), 'overrides.setThere': plain('setThere'), 'overrides.setThereFinish': ifFailed('notEverywhere'),
    'overrides.end': plain('ended'), 'overrides.endFinish': ifFailed('notEnded'),
  }),
  ...all('drift', { 'drift.ignore': plain('ignored'), 'drift.endIgnoring': plain('counted') }),
  ...all('director', {
    'directors.enrol': { done: ['enrolled', 'plain'], failed: null }, 'directors.enrolAgain': { done: ['enrolledAgain', 'plain'], failed: null }, 'directors.rename': plain('renamed'),
    'directors.remove': plain('removed'), 'directors.forget': { done: ['forgotten', 'warn'], failed: null }, 'directors.zeroFinish': { done: ['zeroed', 'plain'], failed: null },
  }),
  ...all('alert', { 'alerts.acknowledge': plain('acknowledged'), 'alerts.acknowledgeGeneral': plain('acknowledged') }),
]);

/** Actions of which an entry may be an event. */
export const toldActions: readonly string[] = [...tellings.keys()];

const textMax = 1_000;

function targetOf({ ordered, realServers }: Said, before: Said): Partial<EventObject> {
  const target = ordered?.target;
  const [only, second] = realServers ?? firstNames(before);
  const names = only === undefined || second !== undefined ? {} : { serviceName: only.service, realServerName: only.realServer };
  if (target?.kind === 'realServer') return { ...names, serviceId: target.serviceId, realServerId: target.realServerId };
  if (target?.kind === 'service') return { serviceId: target.serviceId, serviceName: firstNames(before)[0]?.service ?? null };
  return names;
}

/** Of the first director that was asked what is overridden. */
function firstNames({ directors }: Said): z.infer<typeof Named> {
  const parsed = z.looseObject({ weights: Named }).safeParse(directors?.[0]);
  return parsed.data?.weights ?? [];
}

function objectOf({ object }: AuditedEntry, said: Said, before: Said): Partial<EventObject> {
  if (object.kind === 'director') return { directorId: object.id ?? null, directorName: object.name ?? null, ...(said.clusterId !== undefined && { clusterId: said.clusterId }) };
  if (object.kind !== 'cluster') return {};
  return { clusterId: object.id ?? null, clusterName: object.name ?? null, ...targetOf(said, before), ...(said.director !== undefined && { directorName: said.director }) };
}

function paramsOf(said: Said, before: Said): EventParams {
  const { revision, author, director, why, remaining, host, service, realServers, directors, ordered, name, rule } = said;
  const target = ordered?.target;
  const given = {
    revision, author, director, why, remaining, host: host ?? (target?.kind === 'host' ? target.rip : undefined), service, name, rule,
    nameBefore: name === undefined || before.name === undefined || before.name === name ? undefined : before.name,
    directors: directors?.length ?? before.directors?.length, realServers: realServers?.length,
    effect: ordered?.effect?.kind, weight: ordered?.effect?.weight,
  };
  return Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, typeof value === 'string' ? value.slice(0, textMax) : value]])));
}

function linkOf({ object, action }: AuditedEntry, { applyId, revision }: Said): string | null {
  if (object.kind === 'director') return action === 'directors.remove' || action === 'directors.forget' || object.id === null || object.id === undefined ? null : `/directors/${object.id}`;
  if (object.kind === 'alert') return '/alerts';
  if (object.kind !== 'cluster' || object.id === null || object.id === undefined) return null;
  if (applyId !== undefined) return `/changes/${applyId}`;
  return action.startsWith('clusters.') && revision !== undefined ? `/clusters/${object.id}/revisions/${revision}` : `/clusters/${object.id}`;
}

function codeOf({ action }: AuditedEntry, { proposed, revision }: Said, { code }: Telling): string {
  if (action === 'clusters.save' && proposed === true) return 'proposed';
  // Before its first revision there was nothing.
  return action === 'changes.wentBack' && revision === undefined ? `${code}ToNothing` : code;
}

/** `about`: whom it concerns besides what the entry names. Null: no event. */
export function eventOfAudit(entry: AuditedEntry, about: Partial<EventObject> = {}): EventDraft | null {
  if (entry.outcome === 'refused') return null;
  const telling = tellings.get(entry.action)?.(entry.outcome) ?? null;
  if (telling === null) return null;
  const said = saidIn(entry.after);
  const before = saidIn(entry.before);
  const code = codeOf(entry, said, telling);
  return {
    ...telling, code, atMs: entry.atMs, person: entry.actorName,
    object: { ...objectOf(entry, said, before), ...about }, params: paramsOf(said, before), link: linkOf(entry, said),
    // Of a director its key and its address are in the entry: nothing that an event is for.
    ...((entry.object.kind === 'cluster' || entry.object.kind === 'alert') && { evidence: entry.after }),
  };
}
