// The directors of a tick: who is live, and who was last seen when. Pure.
import type { LiveDirector } from '../../live/topic.ts';
import type { Holder } from './holders.ts';

export function directorsOf(holders: readonly Pick<Holder, 'director'>[]): LiveDirector[] {
  const directors = new Map(holders.map(({ director }) => [director.directorId, director]));
  return [...directors.values()].map(({ directorId, name, live, lastSeenAtMs, sample, health }) => (
    { directorId, name, state: live ? 'live' : 'silent', lastSeenAtMs, measuredAtMs: sample?.measuredAtMs ?? null, checker: health?.checker ?? null }));
}
