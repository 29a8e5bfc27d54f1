// Addresses and ports as /proc/net/ip_vs* writes them: hexadecimal, IPv6 in eight groups.
import { addressBytes, addressText, malformed } from '@weir/netlink';
import type { Family } from '@weir/netlink';

const ipv4 = /^[0-9A-Fa-f]{8}$/;
const ipv6 = /^[0-9A-Fa-f]{4}(?::[0-9A-Fa-f]{4}){7}$/;
const port = /^[0-9A-Fa-f]{4}$/;

export function familyOfHex(text: string): Family {
  return text.includes(':') ? 'ipv6' : 'ipv4';
}

export function ipv4OfNumber(number: number): string {
  return `${number >>> 24}.${number >>> 16 & 0xff}.${number >>> 8 & 0xff}.${number & 0xff}`;
}

/** `C0A80864`, `fd00:0000:0000:0000:0000:0000:0000:0201` */
export function addressOfHex(text: string): string {
  if (ipv4.test(text)) return ipv4OfNumber(Number.parseInt(text, 16));
  if (ipv6.test(text)) return addressText('ipv6', Buffer.from(text.replaceAll(':', ''), 'hex'));
  throw malformed('address', `${JSON.stringify(text.slice(0, 64))} is none`);
}

/** As the kernel writes it: IPv4 in capitals (%08X), IPv6 in small letters (%pI6). */
export function hexOfAddress(address: string): string {
  const hex = Buffer.from(addressBytes(address)).toString('hex');
  return hex.length === 8 ? hex.toUpperCase() : hex.replaceAll(/(?<!^)(?=(?:.{4})+$)/g, ':');
}

export function hexOfPort(number: number): string {
  return number.toString(16).toUpperCase().padStart(4, '0');
}

/** The first 32 bits: where a mark stands in the place of an address. */
export function markOfHex(text: string): number {
  if (!ipv4.test(text) && !ipv6.test(text)) throw malformed('mark', `${JSON.stringify(text.slice(0, 64))} is none`);
  return Number.parseInt(text.replaceAll(':', '').slice(0, 8), 16);
}

export function portOfHex(text: string): number {
  if (!port.test(text)) throw malformed('port', `${JSON.stringify(text.slice(0, 16))} is none`);
  return Number.parseInt(text, 16);
}

export function countOf(text: string, name: string): number {
  const number = Number(text);
  if (!/^\d{1,10}$/.test(text) || number > 0xffff_ffff) throw malformed(name, `${JSON.stringify(text.slice(0, 16))} is no count`);
  return number;
}
