// What of a plan can be applied: a director that did not answer, or whose driver cannot do it, is left out and named.
import { exceedsLimit } from '@weir/model';
import { canGoBack } from '../../server/changes/confirm/can-go-back.ts';
import type { ChangePlan } from '../../server/changes/change-view.ts';

export interface Applicable {
  readonly directors: { readonly directorId: string; readonly digest: string; readonly replaces: number | null }[];
  readonly operations: number;
  /** Some have something to go back to by themselves. */
  readonly mayGoBack: boolean;
  /** Names of those that have not, where others have. */
  readonly stays: readonly string[];
  /** Names of those left out. */
  readonly left: readonly string[];
  /** Whoever orders it types the cluster's name. */
  readonly aboveLimit: boolean;
}

export function applicable({ directors, revision }: ChangePlan): Applicable {
  const able = directors.flatMap(({ directorId, name, leaving, plan }) => (
    plan === null || plan.findings.some(({ severity }) => severity === 'error') ? [] : [{ directorId, name, plan, goesBack: canGoBack({ leaving, replaces: plan.replaces }, revision) }]));
  const ids = new Set(able.map(({ directorId }) => directorId));
  return {
    directors: able.map(({ directorId, plan }) => ({ directorId, digest: plan.digest, replaces: plan.replaces })),
    operations: able.reduce((sum, { plan }) => sum + plan.operations.length, 0),
    mayGoBack: able.some(({ goesBack }) => goesBack),
    stays: able.filter(({ goesBack, plan }) => !goesBack && plan.operations.length > 0).map(({ name }) => name),
    left: directors.filter(({ directorId }) => !ids.has(directorId)).map(({ name }) => name),
    aboveLimit: exceedsLimit(able.map(({ plan: { operations, touched } }) => ({ operations: operations.map(({ operation }) => operation), touched }))),
  };
}
