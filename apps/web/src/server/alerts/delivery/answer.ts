// What came back from a channel, or why nothing did, as a word. Pure.
import { getSystemErrorName } from 'node:util';
import type { AnswerCode, ChannelAnswer } from '../../../alerts/alert.ts';

/** Of an answer's body, as it is kept. */
export const BODY_KEPT_BYTES = 500;

export type Came = Omit<ChannelAnswer, 'atMs' | 'tookMs'>;

/** Control characters and what is no UTF-8 cannot be shown, nor kept in the database. */
export function shownBody(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, BODY_KEPT_BYTES)).replaceAll(/[\p{Cc}\p{Cs}]/gu, (character) => (/[\n\t]/.test(character) ? character : '·'));
}

const codes: ReadonlyMap<string, AnswerCode> = new Map([
  ['ECONNREFUSED', 'refused'], ['ENOTFOUND', 'noSuchHost'], ['EAI_AGAIN', 'noSuchHost'], ['EDNS', 'noSuchHost'],
  ['EHOSTUNREACH', 'unreachable'], ['ENETUNREACH', 'unreachable'], ['EADDRNOTAVAIL', 'unreachable'], ['EACCES', 'unreachable'],
  ['ETIMEDOUT', 'timeout'], ['EABORT', 'timeout'], ['ESOCKETTIMEDOUT', 'timeout'], ['UND_ERR_CONNECT_TIMEOUT', 'timeout'], ['UND_ERR_HEADERS_TIMEOUT', 'timeout'], ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ECONNRESET', 'reset'], ['EPIPE', 'reset'], ['UND_ERR_SOCKET', 'reset'], ['ECONNECTION', 'reset'], ['ETLS', 'tls'], ['CERT_HAS_EXPIRED', 'tls'], ['EAUTH', 'mailSignIn'], ['EENVELOPE', 'mailRefused'],
]);

/** Of Node's TLS, as OpenSSL names them. */
const ofTls = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

function named(error: unknown): { readonly name: string; readonly codes: readonly string[] } {
  if (!(error instanceof Error)) return { name: '', codes: [] };
  const own: unknown = Reflect.get(error, 'code');
  // The mail library puts a code of its own in place of the system's, and keeps its number.
  const errno: unknown = Reflect.get(error, 'errno');
  const inner = error.cause === undefined ? [] : named(error.cause).codes;
  const several: unknown = Reflect.get(error, 'errors');
  const first: unknown = Array.isArray(several) ? several[0] : undefined;
  return { name: error.name, codes: [...inner, ...(typeof errno === 'number' && errno < 0 ? [getSystemErrorName(errno)] : []), ...(typeof own === 'string' ? [own] : []), ...(first === undefined ? [] : named(first).codes)] };
}

export function codeOfError(error: unknown): AnswerCode {
  const { name, codes: found } = named(error);
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  if (found.some((code) => ofTls.test(code))) return 'tls';
  return found.map((code) => codes.get(code)).find((code) => code !== undefined) ?? 'failed';
}
