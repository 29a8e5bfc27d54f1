// How well a thing fits what a person typed: each word must fit, and an address that is exactly that says more than a part of a name. Pure.
import { canonicalAddress } from '@weir/model';

/** What can be found by, in small letters; addresses in their canonical text. */
export interface Known {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly port: number | null;
  readonly protocol: string | null;
  /** What it belongs to: its cluster, its directors, its VIP's service. */
  readonly context: string;
}

export interface Word {
  readonly text: string;
  readonly address: string | null;
  readonly port: number | null;
}

const wordsMax = 8;
const scores = {
  addressAndPort: 120, address: 100, name: 80, port: 60, nameBegins: 50, addressBegins: 45, wordBegins: 40, nameHas: 30, protocol: 25, addressHas: 20, context: 10,
} as const;

/** `10.0.0.1:443` and `[2001:db8::1]:443`, the address alone, `:443` or `443`, or any text. */
export function wordsOf(text: string): readonly Word[] {
  return text.toLowerCase().split(/\s+/).filter((word) => word !== '').slice(0, wordsMax).map(wordOf);
}

function wordOf(text: string): Word {
  const whole = canonicalAddress(text.replaceAll(/^\[|\]$/g, ''));
  if (whole !== null) return { text, address: whole, port: null };
  const [, before = '', digits = ''] = /^(.*?):?(\d{1,5})$/.exec(text) ?? [];
  const port = digits === '' || Number(digits) > 65_535 ? null : Number(digits);
  if (before === '') return { text: port === null ? text : digits, address: null, port };
  const address = text.includes(':') ? canonicalAddress(before.replaceAll(/^\[|\]$/g, '')) : null;
  return { text, address, port: address === null ? null : port };
}

/** 0: it does not fit. */
export function scoreOf(known: Known, words: readonly Word[]): number {
  let sum = 0;
  for (const word of words) {
    const score = wordScore(known, word);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

function wordScore(known: Known, { text, address, port }: Word): number {
  if (address !== null && port !== null) return known.port === port && known.addresses.includes(address) ? scores.addressAndPort : 0;
  if (address !== null && known.addresses.includes(address)) return scores.address;
  if (port !== null && known.port === port) return scores.port;
  return textScore(known, text);
}

function textScore({ name, addresses, protocol, context }: Known, text: string): number {
  const place = name.indexOf(text);
  if (place === 0) return name.length === text.length ? scores.name : scores.nameBegins;
  for (const address of addresses) if (address.startsWith(text)) return scores.addressBegins;
  if (place > 0) return /[^\p{L}\p{N}]/u.test(name.charAt(place - 1)) ? scores.wordBegins : scores.nameHas;
  if (protocol === text) return scores.protocol;
  for (const address of addresses) if (address.includes(text)) return scores.addressHas;
  return context.includes(text) ? scores.context : 0;
}
