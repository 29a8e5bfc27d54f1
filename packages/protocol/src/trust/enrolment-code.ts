// The enrolment code: what a person carries from an agent to the panel, as one word.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { canonicalAddress } from '@weir/model';
import { z } from 'zod';

/** SHA-256 of a public key (SPKI, DER), in hex: what panel and agent pin of each other. */
export const KeyHash = z.string().regex(/^[0-9a-f]{64}$/);
export type KeyHash = z.infer<typeof KeyHash>;

/** Where an agent listens: `host:port`, `[v6]:port`. */
export const AgentAddress = z.string().min(3).max(255)
  .regex(/^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):[0-9]{1,5}$/)
  .refine((address) => {
    const port = Number(address.slice(address.lastIndexOf(':') + 1));
    return port >= 1 && port <= 65_535;
  }, { error: 'the port is not between 1 and 65535' })
  .refine((address) => !address.startsWith('[') || canonicalAddress(address.slice(1, address.indexOf(']'))) !== null, {
    error: 'what is in brackets is not an IPv6 address',
  });
export type AgentAddress = z.infer<typeof AgentAddress>;

/** 128 bits, in hex. */
export const EnrolmentSecret = z.string().regex(/^[0-9a-f]{32}$/);

export const EnrolmentCode = z.strictObject({ address: AgentAddress, keyHash: KeyHash, secret: EnrolmentSecret });
export type EnrolmentCode = z.infer<typeof EnrolmentCode>;

const PREFIX = 'weir1-';
/** Many times the longest code (416 characters), for blanks and line ends. */
const LONGEST_TEXT = 10_000;
const CHECK_BYTES = 4;
const HASH_BYTES = 32;
const SECRET_BYTES = 16;

function check(body: Uint8Array): Uint8Array {
  return sha256(body).subarray(0, CHECK_BYTES);
}

/** `weir1-` and base64url of: key hash, secret, address, and four check bytes against slips in copying. */
export function formatEnrolmentCode({ address, keyHash, secret }: EnrolmentCode): string {
  const body = concatBytes(hexToBytes(keyHash), hexToBytes(secret), utf8ToBytes(address));
  return PREFIX + base64urlnopad.encode(concatBytes(body, check(body)));
}

function bytesOf(text: string): Uint8Array | null {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return null;
  }
}

/** Gives what the code says, or null where it is no code or not all of one (blanks and line ends within it do not matter). */
export function parseEnrolmentCode(text: string): EnrolmentCode | null {
  const word = text.slice(0, LONGEST_TEXT).replaceAll(/\s/g, '');
  if (!word.startsWith(PREFIX)) return null;
  const bytes = bytesOf(word.slice(PREFIX.length));
  if (bytes === null || bytes.length <= HASH_BYTES + SECRET_BYTES + CHECK_BYTES) return null;
  const body = bytes.subarray(0, -CHECK_BYTES);
  if (bytesToHex(check(body)) !== bytesToHex(bytes.subarray(-CHECK_BYTES))) return null;
  const parsed = EnrolmentCode.safeParse({
    keyHash: bytesToHex(body.subarray(0, HASH_BYTES)),
    secret: bytesToHex(body.subarray(HASH_BYTES, HASH_BYTES + SECRET_BYTES)),
    address: String.fromCharCode(...body.subarray(HASH_BYTES + SECRET_BYTES)),
  });
  return parsed.success ? parsed.data : null;
}
