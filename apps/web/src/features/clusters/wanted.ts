// The revision of a cluster that its pages show: the wanted one, which is the newest unless that is not approved; and whether it wants anything.
import type { ClusterView, DefinedRevision } from '../../server/clusters/cluster-view.ts';

export function wantedOf({ head, wanted }: Pick<ClusterView, 'head' | 'wanted'>): DefinedRevision {
  return wanted ?? head;
}

/** A cluster that is to be taken off every director. */
export function wantsNothing(cluster: Pick<ClusterView, 'head' | 'wanted'>): boolean {
  return wantedOf(cluster).definition.directors.length === 0;
}
