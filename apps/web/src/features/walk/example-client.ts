// A client to draw a packet walk for, where nobody has named one: an address that fits its place and is nobody else's.
import { addressBytes, canonicalAddress, familyOf, type ClientPlace, type IpAddress } from '@weir/model';

/** The tutorial's, then its neighbours. */
const lastBytes = [100, 101, 102, 103];

/** Documentation addresses (RFC 5737, RFC 3849). */
const farAway = { ipv4: '203.0.113.7', ipv6: '2001:db8:ffff::7' } as const;
const behindDirector = { ipv4: '198.51.100.100', ipv6: '2001:db8:9::100' } as const;

function neighbour(address: IpAddress, last: number): IpAddress {
  const bytes = [...addressBytes(address).slice(0, -1), last];
  const words = Array.from({ length: bytes.length / 2 }, (_, index) => ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16));
  return canonicalAddress(bytes.length === 4 ? bytes.join('.') : words.join(':')) ?? address;
}

/** The network is not known; next to the real server is in its subnet whatever the prefix length. */
export function exampleClient(place: Exclude<ClientPlace, 'onDirector'>, vip: IpAddress, rip: IpAddress, taken: readonly IpAddress[]): IpAddress {
  const family = familyOf(vip);
  if (place === 'behindRouter') return farAway[family];
  if (place === 'behindDirector') return behindDirector[family];
  const near = familyOf(rip) === family ? rip : vip;
  return lastBytes.map((last) => neighbour(near, last)).find((address) => !taken.includes(address)) ?? neighbour(near, 99);
}
