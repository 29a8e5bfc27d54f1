// Equality of plain data (what JSON can hold), its canonical text, and the digest of it.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** RFC 8785 text: keys in order, one way to write each number. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('canonicalText: a value that JSON cannot hold');
  return text;
}

type Plain = Readonly<Record<string, unknown>>;

function sameFields(a: Plain, b: Plain): boolean {
  return Object.keys(a).every((name) => (Object.hasOwn(b, name) ? same(a[name], b[name]) : a[name] === undefined))
    && Object.keys(b).every((name) => Object.hasOwn(a, name) || b[name] === undefined);
}

/** Equal exactly when the canonical texts are: neither the order of fields nor an undefined one matters. Compares without writing them. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  return !Array.isArray(b) && sameFields(a as Plain, b as Plain);
}

/** SHA-256 of the canonical text, in hex. */
export function digest(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalText(value))));
}
