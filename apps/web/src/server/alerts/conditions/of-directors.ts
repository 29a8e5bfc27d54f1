// Directors that are silent, whose drift lasts, or whose checks come too late. Of a silent one only its silence is known.
import type { Clusters } from '../../clusters/clusters.ts';
import { serves } from '../../clusters/serves.ts';
import type { Drift } from '../../drift/drift.ts';
import type { DirectorView } from '../../gateway/director-view.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Condition } from './condition.ts';

export interface DirectorParts {
  readonly gateway: Pick<Gateway, 'director' | 'directors' | 'health' | 'stateNow'>;
  readonly clusters: Pick<Clusters, 'allWanted' | 'nameOf'>;
  readonly drift: Pick<Drift, 'counted' | 'ofDirector'>;
}

type Wanted = ReturnType<Clusters['allWanted']>;

/** `wanted`: asked for once a look. */
interface Looking extends DirectorParts {
  readonly wanted: Wanted;
}

function clustersOf({ wanted }: Looking, director: DirectorView): string[] {
  return wanted.filter((revision) => serves(director, revision)).map(({ clusterId }) => clusterId);
}

type OfDirector = Pick<Condition, 'rule' | 'key' | 'params' | 'sinceMs'>;

/** An object of one cluster where the director serves that one alone. */
function condition(parts: Looking, director: DirectorView, of: OfDirector, clusterIds = clustersOf(parts, director)): Condition {
  const [clusterId, other] = clusterIds;
  const cluster = clusterId === undefined || other !== undefined ? {} : { clusterId, clusterName: parts.clusters.nameOf(clusterId) };
  return { ...of, clusterIds, object: { ...cluster, directorId: director.id, directorName: director.name }, params: { director: director.name, ...of.params }, link: `/directors/${director.id}` };
}

/** Since it is seen: the agent says since when anything at all differs, of any cluster and also what is ignored. */
function drifting(parts: Looking, director: DirectorView): Condition[] {
  const rows = (parts.drift.ofDirector(director.id).heard?.rows ?? []).filter(({ ignored }) => ignored === null);
  const counts = new Map<string | null, number>();
  for (const { clusterId } of rows) counts.set(clusterId, (counts.get(clusterId) ?? 0) + 1);
  return [...counts].map(([clusterId, count]) => (
    condition(parts, director, { rule: 'drift', key: `${director.id}/${clusterId ?? ''}`, params: { count } }, clusterId === null ? undefined : [clusterId])));
}

export function directorConditions(given: DirectorParts): Condition[] {
  const parts = { ...given, wanted: given.clusters.allWanted() };
  return parts.drift.counted(parts.gateway.directors()).flatMap((director) => {
    const { id, link: { state, since } } = director;
    if (state === 'connecting') return [];
    if (state !== 'connected') return [condition(parts, director, { rule: 'directorSilent', key: id, params: { state }, sinceMs: since })];
    if (parts.gateway.stateNow(id) === null) return [];
    const late = parts.gateway.health(id)?.checker?.late ?? null;
    return [
      ...(director.drift !== null && director.drift > 0 ? drifting(parts, director) : []),
      ...(late === null ? [] : [condition(parts, director, { rule: 'checkerLate', key: id, params: { targets: late.targets, worstMs: late.worstMs }, sinceMs: late.sinceMs })]),
    ];
  });
}

/** Of a director that is enrolled no more everything is over. */
export function isDirectorKnown({ gateway }: DirectorParts, directorId: string, rule: Condition['rule']): boolean {
  const director = gateway.director(directorId);
  if (director === null) return true;
  if (rule === 'directorSilent') return director.link.state !== 'connecting';
  if (gateway.stateNow(directorId) === null) return false;
  return rule !== 'checkerLate' || gateway.health(directorId)?.atMs !== null;
}
