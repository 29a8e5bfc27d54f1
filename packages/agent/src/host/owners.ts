// Asks the links who else has VIPs, many at once: each question takes its time, and there may be hundreds of VIPs after a boot.
import type { InterfaceName, IpAddress } from '@weir/model';
import { probeAddress } from '@weir/netlink';
import type { Link } from '@weir/netlink';

/** RFC 5227 waits up to 2 s; a host on the same link answers within milliseconds. */
const PROBE_WAIT_MS = 900;
/** Each question has a socket of its own. */
export const MOST_ASKED_AT_ONCE = 64;

export interface VipPlace {
  readonly vip: IpAddress;
  readonly interface: InterfaceName;
}

/** Who answered for which VIP; null: nobody. Rejects where its link could not be asked. */
export type Owners = ReadonlyMap<IpAddress, Promise<string | null>>;

export function inGroups<TItem>(items: readonly TItem[]): TItem[][] {
  return Array.from({ length: Math.ceil(items.length / MOST_ASKED_AT_ONCE) }, (_, at) => (
    items.slice(at * MOST_ASKED_AT_ONCE, (at + 1) * MOST_ASKED_AT_ONCE)));
}

function ownerOf(vip: IpAddress, { index, hardwareAddress, arp }: Link): Promise<string | null> {
  if (!arp || hardwareAddress === null) return Promise.resolve(null);
  return probeAddress({ address: vip, interfaceIndex: index, hardwareAddress, waitMs: PROBE_WAIT_MS });
}

/** At most `MOST_ASKED_AT_ONCE`. When this has an answer all of them have. */
export async function askOwners(places: readonly VipPlace[], links: readonly Link[]): Promise<Owners> {
  const found = new Map(links.map((link) => [link.name, link]));
  // A VIP that goes from one interface to another is still on the first, and this host answers for it.
  const own = new Set(links.map(({ hardwareAddress }) => hardwareAddress));
  const other = (owner: string | null): string | null => (own.has(owner) ? null : owner);
  const asked = places.flatMap(({ vip, interface: name }) => {
    const link = found.get(name);
    return link?.up === true ? [[vip, ownerOf(vip, link).then(other)] as const] : [];
  });
  await Promise.allSettled(asked.map(([, owner]) => owner));
  return new Map(asked);
}
