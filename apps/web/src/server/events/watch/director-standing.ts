// How a director stands as far as events go, and what is told when that changes. Pure.
import type { CheckerState } from '@weir/protocol';
import { z } from 'zod';
import type { Prisma } from '../../db/generated/client.ts';
import type { DirectorView } from '../../gateway/director-view.ts';
import type { EventDraft } from '../draft.ts';

const Link = z.enum(['answers', 'silent', 'refused', 'wrongKey', 'versionMismatch']);

/** Null: not known yet. While a director does not answer, all but `link` stays as it was. */
export const DirectorStanding = z.object({
  link: Link.nullable(), startedAtMs: z.number().nullable(), drift: z.boolean().nullable(), late: z.boolean().nullable(), braked: z.boolean().nullable(),
});
export type DirectorStanding = z.infer<typeof DirectorStanding>;

export interface DirectorNow {
  readonly director: Pick<DirectorView, 'id' | 'name' | 'link' | 'hello' | 'drift' | 'driftSinceMs'>;
  readonly checker: CheckerState | null;
  /** The first of the operations that would end its drift. */
  readonly differences: () => Prisma.InputJsonValue;
}

export interface Told<Standing> {
  readonly standing: Standing;
  readonly events: readonly EventDraft[];
}

const never: DirectorStanding = { link: null, startedAtMs: null, drift: null, late: null, braked: null };

type Telling = Pick<EventDraft, 'kind' | 'code' | 'tone' | 'atMs'> & Partial<Pick<EventDraft, 'params' | 'evidence'>>;

function linkOf({ director: { link: { state } } }: DirectorNow): DirectorStanding['link'] {
  if (state === 'connecting') return null;
  return state === 'connected' ? 'answers' : state;
}

function ofLink(before: DirectorStanding, now: DirectorNow, link: DirectorStanding['link']): Telling[] {
  const { since, error } = now.director.link;
  if (link === null || link === before.link) return [];
  if (link !== 'answers') return [{ kind: 'director', code: link, tone: 'bad', atMs: since, ...(error !== null && { evidence: { code: error.code, params: error.params } }) }];
  return before.link === null ? [] : [{ kind: 'director', code: 'back', tone: 'good', atMs: since }];
}

function ofStart(before: DirectorStanding, startedAtMs: number | null): Telling[] {
  const isNew = startedAtMs !== null && before.startedAtMs !== null && startedAtMs !== before.startedAtMs;
  return isNew ? [{ kind: 'director', code: 'newStart', tone: 'warn', atMs: startedAtMs }] : [];
}

function ofDrift(before: DirectorStanding, { director: { drift, driftSinceMs }, differences }: DirectorNow, nowMs: number): Telling[] {
  if (drift === null || drift > 0 === (before.drift ?? false)) return [];
  if (drift === 0) return [{ kind: 'drift', code: 'ended', tone: 'good', atMs: nowMs }];
  return [{ kind: 'drift', code: 'began', tone: 'warn', atMs: driftSinceMs ?? nowMs, params: { count: drift }, evidence: differences() }];
}

function ofChecker(before: DirectorStanding, { checker }: DirectorNow, nowMs: number): Telling[] {
  if (checker === null) return [];
  const { late, braked } = checker;
  const tellings: Telling[] = [];
  if (late !== null && before.late !== true) tellings.push({ kind: 'checker', code: 'late', tone: 'warn', atMs: late.sinceMs, params: { targets: late.targets, worstMs: late.worstMs } });
  if (late === null && before.late === true) tellings.push({ kind: 'checker', code: 'onTime', tone: 'good', atMs: nowMs });
  if (braked !== null && before.braked !== true) tellings.push({ kind: 'checker', code: 'braked', tone: 'warn', atMs: braked.sinceMs, params: { hosts: braked.hosts } });
  if (braked === null && before.braked === true) tellings.push({ kind: 'checker', code: 'released', tone: 'good', atMs: nowMs });
  return tellings;
}

/** `before` null: never looked at. */
export function directorTold(before: DirectorStanding | null, now: DirectorNow, nowMs: number): Told<DirectorStanding> {
  const was = before ?? never;
  const { id, name, hello, drift } = now.director;
  const link = linkOf(now) ?? was.link;
  const answers = linkOf(now) === 'answers';
  const startedAtMs = answers ? hello?.startedAtMs ?? was.startedAtMs : was.startedAtMs;
  const tellings = [
    ...ofLink(was, now, linkOf(now)),
    ...(answers ? [...ofStart(was, startedAtMs), ...ofDrift(was, now, nowMs), ...ofChecker(was, now, nowMs)] : []),
  ];
  const checked = answers && now.checker !== null ? { late: now.checker.late !== null, braked: now.checker.braked !== null } : { late: was.late, braked: was.braked };
  return {
    standing: { link, startedAtMs, drift: answers && drift !== null ? drift > 0 : was.drift, ...checked },
    events: tellings.map((telling) => ({ params: {}, ...telling, object: { directorId: id, directorName: name }, person: null, link: `/directors/${id}` })),
  };
}
