// Going back from a change that nobody confirmed: the base is accepted again, and brought about and read back as any change is.
import { WENT_BACK_SHOWN_MAX } from '@weir/protocol';
import type { WentBack } from '@weir/protocol';
import type { PlanOperation, Step } from '@weir/model';
import type { WaitingChange } from '../../disk/data-folder.ts';
import { stepsOf } from '../carry-out.ts';
import { observe, readBack } from '../ground.ts';
import type { Ground } from '../ground.ts';
import { withCluster } from '../holdings.ts';
import { foundKeys, planBack, withoutAdopted } from '../plan/adopted.ts';
import { scopeOf } from '../plan/director-plan.ts';
import type { Scope } from '../plan/director-plan.ts';

export type Why = WentBack['why'];

export interface Tried {
  readonly steps: readonly Step[];
  readonly remaining: readonly PlanOperation[];
  readonly scope: Scope;
}

/** Once; what is refused of it may be tried again. Runs under the change lock, and waits for the forwarder. */
export async function tryGoingBack({ applyId, clusterId, base, applied, found }: WaitingChange, ground: Ground): Promise<Tried> {
  const { holdings, reports } = ground;
  // At the start, from a change in whose middle the agent ended.
  if (await reports.underWay(applyId)) await reports.beginRollingBack();
  await ground.ownership.leave(foundKeys(found));
  await holdings.setAccepted(withCluster(holdings.held.accepted, clusterId, base));
  const reading = await readBack(ground);
  const scope = scopeOf([base, applied].filter((cluster) => cluster !== null), reading.host);
  const at = { nowMs: reading.readAtMs, scope, found };
  const operations = withoutAdopted(planBack(holdings.held, reading, at));
  const steps = await stepsOf(operations, reading.actual, 'goOn', ground);
  const after = await readBack(ground);
  observe(ground, after);
  return { steps, scope, remaining: planBack(holdings.held, after, at) };
}

/** What was done, and what was refused when it was last tried. */
export function allSteps(before: readonly Step[], last: readonly Step[]): readonly Step[] {
  return [...before.filter(({ result }) => result.status === 'done'), ...last];
}

export function wentBack(
  { base, goingBack }: WaitingChange, why: Why, { steps, remaining }: Pick<Tried, 'steps' | 'remaining'>, nowMs: number,
): WentBack {
  return {
    kind: 'wentBack', why, base: base?.revision ?? null,
    steps: steps.slice(0, WENT_BACK_SHOWN_MAX), stepCount: steps.length,
    remaining: remaining.slice(0, WENT_BACK_SHOWN_MAX), remainingCount: remaining.length,
    startedAtMs: goingBack?.sinceMs ?? nowMs, finishedAtMs: nowMs,
  };
}
