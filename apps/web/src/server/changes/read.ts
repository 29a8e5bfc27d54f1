// Applies as the database has them, turned into what people see.
import { ApplyOutput, PlanOutput, WentBack } from '@weir/protocol';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Apply, ApplyDirector, Prisma } from '../db/generated/client.ts';
import { errorKinds, PanelError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { ApplyDirectorState, ApplyDirectorView, ApplySummary, ApplyView, ConfirmView } from './change-view.ts';
import { heldEnds } from './outcome/answer.ts';
import { HELD_LONGEST_MS } from './confirm/course.ts';
import { deadlineOf } from './confirm/unconfirmed.ts';

const StoredError = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && code in errorKinds),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export async function applyView(db: Database, applyId: string): Promise<ApplyView> {
  const apply = await db.apply.findUnique({ where: { id: applyId }, include: { directors: { orderBy: { position: 'asc' } } } });
  if (apply === null) throw new PanelError('noSuchApply');
  return { ...headline(apply), directors: apply.directors.map(directorView) };
}

/** Of one revision, or of all. */
export async function applySummaries(db: Database, clusterId: string, limit: number, revision?: number): Promise<ApplySummary[]> {
  return summaries(db, { clusterId, ...(revision !== undefined && { revisionNumber: revision }) }, limit);
}

/** The cluster's apply that runs, or that a director takes back unless it is confirmed; or the newest one, where directors waited for a person in vain. */
export async function openApply(db: Database, clusterId: string): Promise<ApplySummary | null> {
  const waits = { directors: { some: { confirmation: 'waiting', directorId: { not: null } } } } as const;
  const [open] = await summaries(db, { clusterId, OR: [{ finishedAt: null }, waits] }, 1);
  if (open !== undefined) return open;
  const [newest] = await summaries(db, { clusterId }, 1);
  return newest === undefined || newest.leftOver.length === 0 ? null : newest;
}

async function summaries(db: Database, where: Prisma.ApplyWhereInput, limit: number): Promise<ApplySummary[]> {
  const select = { directorId: true, directorName: true, outcome: true, sentAt: true, error: true, confirmation: true } as const;
  const applies = await db.apply.findMany({
    where, orderBy: { startedAt: 'desc' }, take: limit, include: { directors: { orderBy: { position: 'asc' }, select } },
  });
  return applies.map((apply) => ({
    ...headline(apply),
    leftOver: apply.directors.filter(({ error }) => error !== null && heldEnds.includes(StoredError.parse(error).code)).map(({ directorName }) => directorName),
    directors: apply.directors.map(({ directorId, directorName, confirmation, ...row }) => {
      const state = stateOf(row);
      return { directorId, name: directorName, state, confirmation, outcome: state === 'done' ? doneOutcome(row.outcome) : null };
    }),
  }));
}

type Headed = Apply & { readonly directors: readonly Pick<ApplyDirector, 'sentAt'>[] };

function headline(apply: Headed): Omit<ApplyView, 'directors'> {
  const { id, clusterId, revisionNumber, authorName, onFailure, startedAt, finishedAt, heldSince } = apply;
  const held = heldSince === null ? null : { leftMs: Math.max(heldSince.getTime() + HELD_LONGEST_MS - Date.now(), 0) };
  return { id, clusterId, revision: revisionNumber, author: authorName, onFailure, startedAt, finishedAt, held, confirm: confirmView(apply) };
}

function confirmView(apply: Headed): ConfirmView | null {
  const { confirmWithinMs, answer, answeredAt, answeredByName } = apply;
  if (confirmWithinMs === null) return null;
  const deadlineMs = deadlineOf(apply);
  return {
    withinMs: confirmWithinMs,
    leftMs: deadlineMs === null ? null : Math.max(deadlineMs - Date.now(), 0),
    answer: answer === null || answeredAt === null ? null : { kind: answer, by: answeredByName ?? '', at: answeredAt },
  };
}

function directorView({ directorId, directorName, plan, report, error, confirmation, wentBack, ...row }: ApplyDirector): ApplyDirectorView {
  const answer = report === null ? null : ApplyOutput.parse(report);
  return {
    directorId,
    name: directorName,
    state: stateOf(row),
    askedAgain: row.outcome === 'unknown' && row.finishedAt === null && directorId !== null,
    planned: PlanOutput.parse(plan).operations,
    report: answer?.kind === 'report' ? answer.report : null,
    refused: answer?.kind === 'refused' ? { why: answer.why, plan: answer.plan } : null,
    error: error === null ? null : StoredError.parse(error),
    confirmation,
    wentBack: wentBack === null ? null : WentBack.parse(wentBack),
  };
}

function stateOf({ outcome, sentAt }: Pick<ApplyDirector, 'outcome' | 'sentAt'>): ApplyDirectorState {
  if (outcome === null) return sentAt === null ? 'waiting' : 'running';
  if (outcome === 'refused' || outcome === 'notSent' || outcome === 'unknown') return outcome;
  return 'done';
}

function doneOutcome(outcome: ApplyDirector['outcome']): ApplySummary['directors'][number]['outcome'] {
  return outcome === 'refused' || outcome === 'notSent' || outcome === 'unknown' ? null : outcome;
}
