// IP addresses between text and bytes in network order.
import ipaddr from 'ipaddr.js';
import { malformed } from './error.ts';

export type Family = 'ipv4' | 'ipv6';

/** linux/socket.h */
export const AF: Readonly<Record<Family, number>> = { ipv4: 2, ipv6: 10 };

export function familyOf(address: string): Family {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

export function familyOfNumber(number: number): Family {
  if (number === AF.ipv4) return 'ipv4';
  if (number === AF.ipv6) return 'ipv6';
  throw malformed('address family', `${number} is neither AF_INET nor AF_INET6`);
}

/** 4 bytes, or 16. */
export function addressBytes(address: string): Uint8Array {
  if (address.includes(':')) return ipv6Bytes(address);
  const number = ipv4Number(address);
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
}

/** An IPv4 address as one number. By hand: tables have tens of thousands of them. */
export function ipv4Number(address: string): number {
  let number = 0;
  let dots = 0;
  let digits = 0;
  let part = 0;
  for (let at = 0; at < address.length; at += 1) {
    const code = address.charCodeAt(at);
    if (code >= ZERO && code < ZERO + 10 && digits < 3) {
      part = part * 10 + code - ZERO;
      digits += 1;
    } else if (code === DOT && digits > 0 && part <= 255) {
      number = number << 8 | part;
      dots += 1;
      digits = 0;
      part = 0;
    } else throw noAddress(address);
  }
  if (dots !== 3 || digits === 0 || part > 255) throw noAddress(address);
  return (number << 8 | part) >>> 0;
}

function noAddress(address: string): Error {
  return malformed('address', `${JSON.stringify(address.slice(0, 64))} is none`);
}

const DOT = 46;
const ZERO = 48;

function ipv6Bytes(address: string): Uint8Array {
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) throw noAddress(address);
  return Uint8Array.from(ipaddr.IPv6.parse(address).toByteArray());
}

/** The canonical text of the bytes from `start` to `end`. They may be more than the family needs: the kernel's unions are 16 bytes. */
export function addressText(family: Family, bytes: ArrayLike<number>, start = 0, end = bytes.length): string {
  if (end - start < (family === 'ipv4' ? 4 : 16)) throw malformed('address', `has ${end - start} bytes; ${family} needs more`);
  if (family === 'ipv4') return `${bytes[start]}.${bytes[start + 1]}.${bytes[start + 2]}.${bytes[start + 3]}`;
  return new ipaddr.IPv6(Array.from({ length: 16 }, (_, at) => bytes[start + at] ?? 0)).toRFC5952String();
}
