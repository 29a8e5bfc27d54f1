// The revision of a cluster that its pages show: the wanted one, which is the newest unless that is not approved.
import type { ClusterView, DefinedRevision } from '../../server/clusters/cluster-view.ts';

export function wantedOf({ head, wanted }: Pick<ClusterView, 'head' | 'wanted'>): DefinedRevision {
  return wanted ?? head;
}
