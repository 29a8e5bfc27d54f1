// Keeps the list of VIPs to what the services answer on, each with the holder it had.
import { canonicalAddress, same, vipsOf, type ClusterDefinition, type Vip } from '@weir/model';

/** VIPs that no service uses; they stay as long as nobody removes them. */
export function unusedVips({ vips, services }: Pick<ClusterDefinition, 'vips' | 'services'>): string[] {
  const used = new Set(services.flatMap(({ match }) => vipsOf(match)));
  return vips.flatMap(({ address }) => (used.has(address) ? [] : [address]));
}

/** Those that stay also without a service: of what editing began with, and of a draft in which no service is waiting for its VIP to be typed. */
export function keptVips(initial: ClusterDefinition, opened: ClusterDefinition | undefined): string[] {
  return [...unusedVips(initial), ...(opened === undefined || isUnsure(opened) ? [] : unusedVips(opened))];
}

function isUnsure({ services }: Pick<ClusterDefinition, 'services'>): boolean {
  return services.some(({ match }) => vipsOf(match).length === 0 || vipsOf(match).some((vip) => canonicalAddress(vip.trim()) === null));
}

/** A draft whose VIPs are those of its services. The same where they are. */
export function withVips(draft: ClusterDefinition, kept: readonly string[]): ClusterDefinition {
  const vips = syncVips(draft, kept);
  return same(vips, draft.vips) ? draft : { ...draft, vips };
}

/**
 * A VIP that one service left and another address that came in the same step is that VIP renamed: it keeps its holder.
 * A new VIP is held by the cluster's only director; with several, a person says which.
 */
export function syncVips(definition: ClusterDefinition, kept: readonly string[]): Vip[] {
  const { vips, services, directors } = definition;
  const typed = services.flatMap(({ match }) => vipsOf(match)).map((vip) => canonicalAddress(vip.trim()));
  const used = [...new Set(typed.filter((vip) => vip !== null))];
  // While an address is half typed, or a mark has none yet, nobody knows which VIP it will be.
  const unsure = isUnsure(definition);
  const staying = vips.filter(({ address }) => unsure || used.includes(address) || kept.includes(address));
  const left = vips.filter((vip) => !staying.includes(vip));
  const came = used.filter((address) => !vips.some((vip) => vip.address === address));
  const alone = directors.length === 1 ? (directors[0]?.directorId ?? null) : null;
  const [renamed] = left.length === 1 && came.length === 1 ? left : [];
  return [...staying, ...came.map((address) => ({ address, holder: renamed?.holder ?? alone }))];
}
