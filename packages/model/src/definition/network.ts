// Networks of addresses as people write them: `10.0.0.0/8`, `fd00::/64`.
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { addressBytes, canonicalAddress, familyOf } from './address.ts';
import type { IpAddress } from './address.ts';

export interface IpNetworkParts {
  /** With no bit beyond the prefix. */
  readonly address: IpAddress;
  readonly prefixLength: number;
}

function bitsOf(address: IpAddress): number {
  return familyOf(address) === 'ipv4' ? 32 : 128;
}

function masked(bytes: readonly number[], prefixLength: number): number[] {
  return bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, prefixLength - at * 8))));
}

/** The first address of the network of so many bits that an address is in. */
export function networkAddress(address: IpAddress, prefixLength: number): IpAddress {
  const first = ipaddr.fromByteArray(masked(addressBytes(address), prefixLength));
  return first instanceof ipaddr.IPv6 ? first.toRFC5952String() : first.toString();
}

/** `10.0.0.0/24` of `10.0.0.7` and 24. */
export function networkText(address: IpAddress, prefixLength: number): string {
  return `${networkAddress(address, prefixLength)}/${prefixLength}`;
}

/** Of a text that was parsed. */
export function partsOfNetwork(network: IpNetwork): IpNetworkParts {
  const slash = network.lastIndexOf('/');
  return { address: network.slice(0, slash), prefixLength: Number(network.slice(slash + 1)) };
}

/** Parsing gives canonical text; bits beyond the prefix are dropped, for people write the address that they know. */
export const IpNetwork = z.string().max(64).transform((text, context) => {
  const [, written = '', bits = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text.trim()) ?? [];
  const address = canonicalAddress(written);
  if (address !== null && Number(bits) <= bitsOf(address)) return networkText(address, Number(bits));
  context.addIssue({ code: 'custom', message: 'not a network', params: { code: 'notANetwork' } });
  return z.NEVER;
});
export type IpNetwork = z.infer<typeof IpNetwork>;

/** Says of addresses whether they are in the network. */
export function inNetwork(network: IpNetwork): (address: IpAddress) => boolean {
  const { address: first, prefixLength } = partsOfNetwork(network);
  const wanted = addressBytes(first);
  return (address) => {
    if (familyOf(address) !== familyOf(first)) return false;
    return masked(addressBytes(address), prefixLength).every((byte, at) => byte === wanted[at]);
  };
}
