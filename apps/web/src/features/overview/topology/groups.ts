// The services of the overview by their clusters, the cluster with the gravest first. Pure.
import type { ServiceLine } from '../../../live/service-line.ts';

export interface Group {
  readonly clusterId: string;
  readonly lines: readonly ServiceLine[];
}

/** In the order of the lines; what is beyond `most` of them is left to the table. */
export function groupsOf(lines: readonly ServiceLine[], most: number): { readonly groups: readonly Group[]; readonly left: number } {
  const byCluster = new Map<string, ServiceLine[]>();
  for (const line of lines.slice(0, most)) {
    const own = byCluster.get(line.clusterId) ?? [];
    own.push(line);
    byCluster.set(line.clusterId, own);
  }
  return { groups: [...byCluster].map(([clusterId, own]) => ({ clusterId, lines: own })), left: Math.max(0, lines.length - most) };
}
