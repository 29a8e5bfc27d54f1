// The canonical text of plain data (what JSON can hold), and the digest of it.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

function quotedName(name: string): string {
  return /^\w*$/.test(name) ? `"${name}"` : JSON.stringify(name);
}

/** RFC 8785 text: names in order of their UTF-16 code units, strings and numbers as ECMAScript writes them. A field that is undefined is left out. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw new TypeError(`canonicalText: JSON cannot hold this ${typeof value}`);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined).sort();
  return `{${names.map((name) => `${quotedName(name)}:${canonicalText(fields[name])}`).join(',')}}`;
}

/** SHA-256 of the canonical text, in hex. */
export function digest(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalText(value))));
}
