// An imported definition as a cluster of these directors. Pure.
import type { ClusterDefinition } from '@weir/model';

/**
 * Directors that the text had and that are chosen keep their DIPs, and VIPs their holders among them.
 * One director holds every VIP; of several, a person says which.
 */
export function adopt(definition: ClusterDefinition, chosen: readonly string[]): ClusterDefinition {
  const [only] = chosen.length === 1 ? chosen : [];
  return {
    ...definition,
    directors: chosen.map((directorId) => (
      definition.directors.find((director) => director.directorId === directorId) ?? { directorId, dip: { ipv4: null, ipv6: null } })),
    vips: definition.vips.map(({ address, holder }) => ({ address, holder: holder !== null && chosen.includes(holder) ? holder : only ?? null })),
  };
}
