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
  const bytes = address.includes(':') ? ipv6Bytes(address) : ipv4Bytes(address);
  if (bytes === null) throw malformed('address', `${JSON.stringify(address.slice(0, 64))} is none`);
  return bytes;
}

/** By hand: tables have tens of thousands of them. */
function ipv4Bytes(address: string): Uint8Array | null {
  const bytes = new Uint8Array(4);
  let part = 0;
  let digits = 0;
  let value = 0;
  for (let at = 0; at <= address.length; at += 1) {
    const code = at === address.length ? DOT : address.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || value > 255 || part > 3) return null;
      bytes[part] = value;
      part += 1;
      digits = 0;
      value = 0;
    } else if (code >= ZERO && code < ZERO + 10 && digits < 3) {
      value = value * 10 + code - ZERO;
      digits += 1;
    } else return null;
  }
  return part === 4 ? bytes : null;
}

const DOT = 46;
const ZERO = 48;

function ipv6Bytes(address: string): Uint8Array | null {
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return null;
  return Uint8Array.from(ipaddr.IPv6.parse(address).toByteArray());
}

/** The canonical text. `bytes` may be longer than the family needs: the kernel's unions are 16 bytes. */
export function addressText(family: Family, bytes: ArrayLike<number>): string {
  if (bytes.length < (family === 'ipv4' ? 4 : 16)) throw malformed('address', `has ${bytes.length} bytes; ${family} needs more`);
  if (family === 'ipv4') return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  return new ipaddr.IPv6(Array.from({ length: 16 }, (_, at) => bytes[at] ?? 0)).toRFC5952String();
}
