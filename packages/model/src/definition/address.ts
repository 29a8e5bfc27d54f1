// IP addresses and ports as people write them, brought to one canonical text.
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

export const Family = z.enum(['ipv4', 'ipv6']);
export type Family = z.infer<typeof Family>;

/** INET6_ADDRSTRLEN without its NUL: an IPv6 address that ends in a dotted quad. */
const LONGEST_ADDRESS = 45;

const dottedQuad = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;

/**
 * Gives the canonical text of an address, or null where the text is none.
 * Refused on purpose: leading zeros (octal to some tools), zone ids, and what names an IPv4 host in IPv6: `::ffff:10.0.0.1`, `::10.0.0.1`.
 */
export function canonicalAddress(text: string): string | null {
  if (text.length > LONGEST_ADDRESS) return null;
  if (dottedQuad.test(text)) return ipaddr.IPv4.isValid(text) ? text : null;
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  const last = text.slice(text.lastIndexOf(':') + 1);
  if (last.includes('.') && !dottedQuad.test(last)) return null;
  const parsed = ipaddr.IPv6.parse(text);
  return parsed.isIPv4MappedAddress() ? null : parsed.toRFC5952String();
}

/** `family` is the one that a person is told to write. */
function addressIn(family: Family | null) {
  return z.string().max(LONGEST_ADDRESS).transform((text, context) => {
    const address = canonicalAddress(text.trim());
    if (address !== null) return address;
    context.addIssue({ code: 'custom', message: 'not an IP address', params: { code: 'notAnAddress', ...(family !== null && { family }) } });
    return z.NEVER;
  });
}

/** An IPv4 or IPv6 address; parsing gives its canonical text, so that equal addresses are equal strings. */
export const IpAddress = addressIn(null);
export type IpAddress = z.infer<typeof IpAddress>;

const wrongFamily = { error: 'an address of the other family', params: { code: 'wrongFamily' } };
export const Ipv4Address = addressIn('ipv4').refine((address) => !address.includes(':'), wrongFamily);
export const Ipv6Address = addressIn('ipv6').refine((address) => address.includes(':'), wrongFamily);

export const Port = z.int().min(0).max(65_535);

export function familyOf(address: IpAddress): Family {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

export type AddressScope = 'unspecified' | 'multicast' | 'broadcast' | 'linkLocal' | 'loopback' | 'unicast';

/** What kind of address it is (RFC 6890, RFC 4291); read from the canonical text, for a definition has tens of thousands. */
export function addressScope(address: IpAddress): AddressScope {
  if (address === '0.0.0.0' || address === '::') return 'unspecified';
  if (address === '255.255.255.255') return 'broadcast';
  if (/^(?:22[4-9]|23\d)\.|^ff[0-9a-f]{2}:/.test(address)) return 'multicast';
  if (/^169\.254\.|^fe[89ab][0-9a-f]:/.test(address)) return 'linkLocal';
  return address.startsWith('127.') || address === '::1' ? 'loopback' : 'unicast';
}

/** In network order: 4 bytes, or 16. */
export function addressBytes(address: IpAddress): readonly number[] {
  return ipaddr.parse(address).toByteArray();
}

/** `10.0.0.1:80`, `[fd00::1]:80`. */
export function formatEndpoint(address: IpAddress, port: number): string {
  return familyOf(address) === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;
}
