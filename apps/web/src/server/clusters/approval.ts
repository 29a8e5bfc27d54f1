// Whether a revision is approved, as its rows say it. Pure.
import type { Revision, Verdict } from '../db/generated/client.ts';
import type { Approval } from './cluster-view.ts';

export type Decided = Pick<Verdict, 'decision' | 'personName' | 'at' | 'note'>;

export function approvalOf({ proposed, verdict }: Pick<Revision, 'proposed'> & { readonly verdict: Decided | null }): Approval {
  if (!proposed) return { state: 'saved' };
  if (verdict === null) return { state: 'proposed' };
  const { decision, personName, at, note } = verdict;
  return { state: decision, by: personName, at, note };
}

export function isApproved({ state }: Approval): boolean {
  return state === 'saved' || state === 'approved';
}
