// Whether a director serves a cluster: the wanted revision names it, or it still forwards what it once accepted. Pure.
import type { DirectorView } from '../gateway/director-view.ts';
import type { KnownRevision } from './standings.ts';

export function serves({ id, accepted }: Pick<DirectorView, 'id' | 'accepted'>, { clusterId, definition }: Pick<KnownRevision, 'clusterId' | 'definition'>): boolean {
  return definition.directors.some(({ directorId }) => directorId === id) || (accepted?.some((held) => held.clusterId === clusterId) ?? false);
}
