// Whose part is not in an answer, and why.
import { since } from '@weir/protocol';
import type { HistoryAnswer } from '../../../history/series.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { FoundDirector } from './found.ts';

type Missing = HistoryAnswer['missing'];

/** So late an interval may come from a director that answers. */
const usualDelayMs = 60_000;

/** Of those that should be in it, or once were: who has what the panel has not heard yet, and who measures nothing for it. */
export function missingOf(gateway: Pick<Gateway, 'director'>, named: readonly string[], found: readonly FoundDirector[], toMs: number): Missing {
  const ids = [...new Set([...named, ...found.map(({ directorId }) => directorId)])];
  const heard = ids.filter((directorId) => {
    const reachesToMs = found.find((one) => one.directorId === directorId)?.reachesToMs ?? 0;
    return gateway.director(directorId)?.link.state === 'connected' || reachesToMs >= toMs - usualDelayMs;
  });
  return notAnswering(gateway, ids, heard);
}

export function notAnswering(gateway: Pick<Gateway, 'director'>, directorIds: readonly string[], heard: readonly string[]): Missing {
  return directorIds.flatMap((directorId): Missing => {
    const view = gateway.director(directorId);
    // It is no director of this panel any more.
    if (view === null) return [];
    const who = { directorId, name: view.name };
    if (view.hello !== null && view.hello.version < since.history) return [{ ...who, why: 'olderAgent' }];
    return heard.includes(directorId) ? [] : [{ ...who, why: 'silent' }];
  });
}
