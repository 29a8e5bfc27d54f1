// A director leaves the cluster: the VIPs that it holds go to the only one that stays, or to nobody until a person says to whom.
import type { ClusterDefinition, Vip } from '@weir/model';

export function vipsWithout({ vips, directors }: Pick<ClusterDefinition, 'vips' | 'directors'>, directorId: string): Vip[] {
  const [first, ...others] = directors.filter((director) => director.directorId !== directorId);
  const holder = first !== undefined && others.length === 0 ? first.directorId : null;
  return vips.map((vip) => (vip.holder === directorId ? { ...vip, holder } : vip));
}
