// What is looked at first: what is broken before what is to look at, what nobody has taken on before what somebody has, the newest first. Pure.
import type { Alert, AlertRuleKind } from '../../alerts/alert.ts';

type Weight = 'bad' | 'warn';

/** Whether clients may notice by now. */
const weights: Record<AlertRuleKind, Weight> = {
  belowQuorum: 'bad', realServerDown: 'bad', directorSilent: 'bad', applyFailed: 'bad', drift: 'warn', certificateEnding: 'warn', checkerLate: 'warn',
};
/** Of what is broken, the worst first. */
const order: readonly AlertRuleKind[] = ['belowQuorum', 'directorSilent', 'applyFailed', 'realServerDown', 'checkerLate', 'drift', 'certificateEnding'];

export function weightOf({ rule }: Pick<Alert, 'rule'>): Weight {
  return weights[rule];
}

function rank({ state, acknowledged, rule }: Alert): readonly number[] {
  return [state === 'pending' ? 1 : 0, acknowledged === null ? 0 : 1, order.indexOf(rule)];
}

export function worstFirst(alerts: readonly Alert[]): Alert[] {
  return [...alerts].sort((one, other) => {
    const [ranks, others] = [rank(one), rank(other)];
    const difference = ranks.map((each, index) => each - (others[index] ?? 0)).find((each) => each !== 0);
    return difference ?? other.sinceMs - one.sinceMs;
  });
}

/** What calls for somebody: it fires, and nobody has taken it on. */
export function callingIn(alerts: readonly Alert[]): number {
  return alerts.filter(({ state, acknowledged }) => state === 'firing' && acknowledged === null).length;
}
