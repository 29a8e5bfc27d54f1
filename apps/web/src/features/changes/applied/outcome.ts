// The one word for what became of a director's part of an apply.
import type { Status } from '@weir/ui';
import type { ApplyDirectorView } from '../../../server/changes/change-view.ts';

type Reported = NonNullable<ApplyDirectorView['report']>['outcome']['kind'];
export type Outcome = Reported | Exclude<ApplyDirectorView['state'], 'done'>;

export const glyphOf: Record<Outcome, Status> = {
  waiting: 'draft', running: 'draft', applied: 'up', partlyApplied: 'degraded', rolledBack: 'degraded', rollbackFailed: 'down',
  finishedAtRestart: 'up', neverBegun: 'down', refused: 'degraded', notSent: 'down', unknown: 'unknown',
};

export function outcomeOf({ state, report }: Pick<ApplyDirectorView, 'state' | 'report'>): Outcome {
  if (report !== null) return report.outcome.kind;
  return state === 'done' ? 'unknown' : state;
}
