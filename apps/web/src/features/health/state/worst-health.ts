// What is said of one real server's health where several directors judge it: the gravest, and how many say so. Pure.
import type { RealServerStanding } from '@weir/protocol';
import type { Status } from '@weir/ui';

export type HealthState = 'up' | 'down' | 'undecided' | 'damped' | 'slowStart' | 'agentWeight' | 'sorry' | 'failOpen' | 'needed' | 'braked';

type Standing = Pick<RealServerStanding, 'rule' | 'isUp'>;

export function healthStateOf({ rule, isUp }: Standing): HealthState {
  switch (rule.code) {
    case 'rose': return 'up';
    case 'fell': return 'down';
    case 'first':
    case 'before': return 'undecided';
    case 'damped': return isUp ? 'up' : 'damped';
    case 'braked':
    case 'agentWeight':
    case 'slowStart':
    case 'sorry':
    case 'failOpen':
    case 'needed': return rule.code;
  }
}

/** The shape beside the words. */
export const healthGlyphs: Readonly<Record<HealthState, Status>> = {
  up: 'up', slowStart: 'up', agentWeight: 'up', undecided: 'unknown', sorry: 'degraded', failOpen: 'degraded', needed: 'degraded', braked: 'degraded', damped: 'down', down: 'down',
};

/** Gravest first. */
const order: readonly HealthState[] = ['down', 'damped', 'failOpen', 'braked', 'needed', 'sorry', 'undecided', 'agentWeight', 'slowStart', 'up'];

export interface WorstHealth<T extends Standing> {
  readonly state: HealthState;
  /** Of those who say so, the one that said it first. */
  readonly standing: T;
  readonly count: number;
  readonly all: number;
}

/** Null where nobody says anything. */
export function worstHealth<T extends Standing>(standings: readonly T[]): WorstHealth<T> | null {
  const states = standings.map((standing) => ({ standing, state: healthStateOf(standing) }));
  const state = order.find((each) => states.some((one) => one.state === each));
  const saying = states.filter((one) => one.state === state).map(({ standing }) => standing).toSorted((a, b) => a.rule.sinceMs - b.rule.sinceMs);
  const [standing] = saying;
  return state === undefined || standing === undefined ? null : { state, standing, count: saying.length, all: standings.length };
}
