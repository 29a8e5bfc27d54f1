// Applies as the database has them, turned into what people see.
import { ApplyOutput, PlanOutput } from '@weir/protocol';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Apply, ApplyDirector } from '../db/generated/client.ts';
import { errorKinds, PanelError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { ApplyDirectorState, ApplyDirectorView, ApplySummary, ApplyView } from './change-view.ts';

const StoredError = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && code in errorKinds),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export async function applyView(db: Database, applyId: string): Promise<ApplyView> {
  const apply = await db.apply.findUnique({ where: { id: applyId }, include: { directors: { orderBy: { position: 'asc' } } } });
  if (apply === null) throw new PanelError('noSuchApply');
  return { ...headline(apply), directors: apply.directors.map(directorView) };
}

export async function applySummaries(db: Database, clusterId: string, limit: number): Promise<ApplySummary[]> {
  const applies = await db.apply.findMany({
    where: { clusterId },
    orderBy: { startedAt: 'desc' },
    take: limit,
    include: { directors: { orderBy: { position: 'asc' }, select: { directorId: true, directorName: true, outcome: true, sentAt: true } } },
  });
  return applies.map((apply) => ({
    ...headline(apply),
    directors: apply.directors.map(({ directorId, directorName, ...row }) => {
      const state = stateOf(row);
      return { directorId, name: directorName, state, outcome: state === 'done' ? doneOutcome(row.outcome) : null };
    }),
  }));
}

function headline({ id, clusterId, revisionNumber, authorName, onFailure, startedAt, finishedAt }: Apply): Omit<ApplyView, 'directors'> {
  return { id, clusterId, revision: revisionNumber, author: authorName, onFailure, startedAt, finishedAt };
}

function directorView({ directorId, directorName, plan, report, error, ...row }: ApplyDirector): ApplyDirectorView {
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
