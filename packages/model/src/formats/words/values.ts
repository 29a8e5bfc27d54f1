// Numbers, masks and addresses as configuration files write them.
import { canonicalAddress } from '../../definition/address.ts';
import type { Family, IpAddress } from '../../definition/address.ts';

/** A whole number in decimal; null for anything else. */
export function wholeNumber(text: string): number | null {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A whole number from the first to the last, both included. */
export function numberWithin(text: string, first: number, last: number): number | null {
  const number = wholeNumber(text);
  return number !== null && number >= first && number <= last ? number : null;
}

/** Decimal, or hexadecimal as marks are written. */
export function markNumber(text: string): number | null {
  const number = /^0x[0-9a-f]{1,8}$/i.test(text) ? Number(text) : wholeNumber(text);
  return number !== null && number >= 1 && number <= 4_294_967_295 ? number : null;
}

export function portNumber(text: string): number | null {
  return numberWithin(text, 0, 65_535);
}

export interface AddressAndPort {
  readonly address: IpAddress;
  /** Null where none is written. */
  readonly port: number | null;
}

/** `10.0.0.1:80`, `10.0.0.1`, `[fd00::1]:80`, `[fd00::1]`; null for names and what is no address. */
export function addressAndPort(text: string): AddressAndPort | null {
  const written = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? /^([^:]+)(?::(\d+))?$/.exec(text);
  const address = canonicalAddress(written?.[1] ?? text);
  const port = written?.[2] === undefined ? null : portNumber(written[2]);
  return address === null || (written?.[2] !== undefined && port === null) ? null : { address, port };
}

/** The prefix length of `255.255.255.0`, `24` or, in IPv6, `64`. */
export function prefixOfMask(text: string, family: Family): number | 'notContiguous' | null {
  const length = numberWithin(text, 1, family === 'ipv4' ? 32 : 128);
  if (length !== null) return length;
  const address = family === 'ipv4' && !text.includes(':') ? canonicalAddress(text) : null;
  if (address === null) return null;
  const bits = address.split('.').map((byte) => Number(byte).toString(2).padStart(8, '0')).join('');
  if (bits.includes('01')) return 'notContiguous';
  const prefix = bits.indexOf('0') === -1 ? 32 : bits.indexOf('0');
  return prefix === 0 ? null : prefix;
}
