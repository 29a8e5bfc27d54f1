// Applies for tests: planned, reviewed as a person would, and waited for.
import { expect, vi } from 'vitest';
import type { ApplyView } from '../changes/change-view.ts';
import { ann } from './control-plane.ts';
import type { TestPlane } from './control-plane.ts';
import { longWait } from './directors.ts';

/** What is wanted, on every director that has a part in it and answers. */
export async function applied(plane: TestPlane, clusterId: string): Promise<ApplyView> {
  const { revision, directors } = await plane.changes.plan(clusterId);
  const reviewed = directors.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  const { applyId } = await plane.changes.apply(ann, { clusterId, revision, directors: reviewed, onFailure: 'goOn' });
  await vi.waitFor(async () => expect((await plane.changes.get(applyId)).finishedAt).not.toBeNull(), longWait);
  return plane.changes.get(applyId);
}
