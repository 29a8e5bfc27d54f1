// Ethernet addresses between text and bytes.
import { malformed } from './error.ts';

const pattern = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;

export function hardwareAddressBytes(text: string): Uint8Array {
  if (!pattern.test(text)) throw malformed('hardware address', `${JSON.stringify(text.slice(0, 32))} is none`);
  return Uint8Array.from(text.split(':'), (part) => Number.parseInt(part, 16));
}

/** Null where it is none of Ethernet: a tunnel has 4 bytes, some have none. */
export function hardwareAddressText(bytes: Uint8Array): string | null {
  return bytes.length === 6 ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':') : null;
}
