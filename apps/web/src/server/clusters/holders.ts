// Which directors serve a cluster, or still hold it, and whether what they hold is what is wanted. Pure.
import type { DirectorView } from '../gateway/director-view.ts';
import type { ClusterDirectorView, HoldState } from './cluster-view.ts';
import type { KnownRevision } from './standings.ts';

/** Those that the wanted definition names, in its order; then those that hold the cluster all the same. */
export function holdersOf({ clusterId, number, definition }: Pick<KnownRevision, 'clusterId' | 'number' | 'definition'>, directors: readonly DirectorView[]): ClusterDirectorView[] {
  const named = definition.directors.map(({ directorId }) => directorId);
  const known = new Map(directors.map((director) => [director.id, director]));
  const leaving = directors.filter(({ id }) => !named.includes(id)).filter((director) => acceptedBy(director, clusterId) !== null);
  return [
    ...named.flatMap((id) => known.get(id) ?? []).map((director) => holder(director, acceptedBy(director, clusterId), holdState(director, clusterId, number))),
    ...leaving.map((director) => holder(director, acceptedBy(director, clusterId), 'leaving')),
  ];
}

function acceptedBy({ accepted }: DirectorView, clusterId: string): number | null {
  return accepted?.find((revision) => revision.clusterId === clusterId)?.revision ?? null;
}

function holdState(director: DirectorView, clusterId: string, wanted: number): HoldState {
  if (director.accepted === null) return 'unknown';
  const accepted = acceptedBy(director, clusterId);
  if (accepted === null) return 'none';
  return accepted === wanted ? 'current' : 'behind';
}

function holder({ id, name, link }: DirectorView, acceptedRevision: number | null, state: HoldState): ClusterDirectorView {
  return { directorId: id, name, link: link.state, acceptedRevision, state };
}
