// What is looked at first: what is broken before what is to look at, what nobody has taken on before what somebody has, the newest first. Pure.
import { rulesWorstFirst, type Alert, type AlertRuleKind } from '../../alerts/alert.ts';

type Weight = 'bad' | 'warn';

/** Whether clients may notice by now. */
const weights: Record<AlertRuleKind, Weight> = {
  belowQuorum: 'bad', realServerDown: 'bad', directorSilent: 'bad', applyFailed: 'bad', drift: 'warn', certificateEnding: 'warn', checkerLate: 'warn',
};

export function weightOf({ rule }: Pick<Alert, 'rule'>): Weight {
  return weights[rule];
}

function rank({ state, acknowledged, rule }: Alert): readonly number[] {
  return [state === 'pending' ? 1 : 0, acknowledged === null ? 0 : 1, rulesWorstFirst.indexOf(rule)];
}

export function worstFirst(alerts: readonly Alert[]): Alert[] {
  return [...alerts].sort((one, other) => {
    const [ranks, others] = [rank(one), rank(other)];
    const difference = ranks.map((each, index) => each - (others[index] ?? 0)).find((each) => each !== 0);
    return difference ?? other.sinceMs - one.sinceMs;
  });
}
