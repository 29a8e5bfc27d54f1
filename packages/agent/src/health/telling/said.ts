// What of health a stream says next, to one who was told so much already.
import { HEALTH_SERVICES_MAX } from '@weir/protocol';
import type { CheckerState, HealthChangesEvent, HealthEvent } from '@weir/protocol';
import type { HealthChanges } from './changes.ts';
import type { Standings } from './standings.ts';

export interface Told {
  readonly version: number;
  /** Of changes. */
  readonly sequence: number;
  readonly checker: string;
}

export const nothingTold: Told = { version: 0, sequence: 0, checker: '' };

export interface HealthSaid {
  readonly event: HealthEvent | HealthChangesEvent;
  readonly told: Told;
}

export interface Saying {
  readonly bootId: string;
  readonly standings: Standings;
  readonly changes: HealthChanges;
  readonly checker: CheckerState;
  readonly nowMs: number;
}

/** How late the asking is grows by the second: that alone is no news. */
function newsOf({ targets, late, braked }: CheckerState): string {
  return `${targets} ${late?.sinceMs ?? ''} ${braked?.sinceMs ?? ''} ${braked?.hosts ?? ''}`;
}

/** How things stand comes before how they came to. */
export function nextSaid(told: Told, { bootId, standings, changes, checker, nowMs }: Saying): HealthSaid | null {
  const news = newsOf(checker);
  if (told.version < standings.version || told.checker !== news) {
    const { whole, services, version } = standings.after(told.version, HEALTH_SERVICES_MAX);
    return { told: { ...told, version, checker: news }, event: { kind: 'health', bootId, whole, services: [...services], checker, atMs: nowMs } };
  }
  if (told.sequence === changes.sequence) return null;
  const { changes: next, missed } = changes.after(told.sequence);
  const [first] = next;
  if (first === undefined) return null;
  return { told: { ...told, sequence: changes.sequence }, event: { kind: 'healthChanges', bootId, changes: [...next], missed } };
}
