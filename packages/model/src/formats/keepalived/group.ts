// virtual_server_group: addresses, ranges of them, and marks that share their real servers.
import { canonicalAddress } from '../../definition/address.ts';
import type { Family, IpAddress } from '../../definition/address.ts';
import type { Place, Report } from '../report.ts';
import { markNumber, portNumber } from '../words/values.ts';
import type { Block } from './text/tree.ts';

export type GroupEntry =
  | { readonly kind: 'address'; readonly at: Place; readonly vip: IpAddress; readonly port: number }
  | { readonly kind: 'mark'; readonly at: Place; readonly mark: number; readonly family: Family | null };

// As many services as a definition holds.
const ADDRESSES_MAX = 10_000;

function ipv4Number(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** First and last address of `10.0.0.1-10`, `10.0.0.250-10.0.1.10` and `10.0.0.8/29`. */
function ipv4Ends(text: string): readonly [number, number] | null {
  const [, from = '', , to = ''] = /^([^-/]+)([-/])(.+)$/.exec(text) ?? [];
  const first = canonicalAddress(from);
  if (first === null || first.includes(':')) return null;
  if (text.includes('/')) {
    const bits = /^\d{1,2}$/.test(to) && Number(to) <= 32 ? 2 ** (32 - Number(to)) : 0;
    const start = bits === 0 ? 0 : ipv4Number(first) - (ipv4Number(first) % bits);
    return bits === 0 ? null : [start, start + bits - 1];
  }
  const last = canonicalAddress(to.includes('.') ? to : `${first.slice(0, first.lastIndexOf('.'))}.${to}`);
  return last === null || last.includes(':') ? null : [ipv4Number(first), ipv4Number(last)];
}

/** `fd00::1-1f`: the last group runs, in hexadecimal. */
function ipv6Range(text: string): IpAddress[] | null {
  const [, from = '', to = ''] = /^([0-9a-f:.]+)-([0-9a-f]{1,4})$/i.exec(text) ?? [];
  const first = canonicalAddress(from);
  const start = Number.parseInt(/([0-9a-f]{1,4})$/i.exec(from)?.[1] ?? '', 16);
  const count = Number.parseInt(to, 16) - start + 1;
  if (first === null || !first.includes(':') || Number.isNaN(count) || count < 1 || count > ADDRESSES_MAX) return null;
  const head = from.slice(0, from.lastIndexOf(':') + 1);
  const addresses = Array.from({ length: count }, (_, index) => canonicalAddress(`${head}${(start + index).toString(16)}`));
  return addresses.every((address) => address !== null) ? addresses : null;
}

/** Null where it is no address and no range, or one that is too long. */
function addressesOf(text: string): IpAddress[] | null {
  const single = canonicalAddress(text);
  if (single !== null) return [single];
  if (text.includes(':')) return ipv6Range(text);
  const ends = ipv4Ends(text);
  if (ends === null || ends[1] < ends[0] || ends[1] - ends[0] >= ADDRESSES_MAX) return null;
  return Array.from({ length: ends[1] - ends[0] + 1 }, (_, index) => ipv4Text(ends[0] + index));
}

function entriesOf({ at, words }: Block, report: Report): GroupEntry[] {
  const [first = '', second] = words;
  if (first === 'fwmark') {
    const mark = markNumber(second ?? '');
    if (mark === null) report.leftOut(at, 'notAMark', { text: second ?? '' });
    const family = words[2] === 'inet6' ? 'ipv6' : words[2] === 'inet' ? 'ipv4' : null;
    return mark === null ? [] : [{ kind: 'mark', at, mark, family }];
  }
  const addresses = addressesOf(first);
  const port = second === undefined ? 0 : portNumber(second);
  if (addresses === null) report.leftOut(at, 'notAnAddress', { text: first });
  else if (port === null) report.leftOut(at, 'notAPort', { text: second ?? '' });
  return addresses === null || port === null ? [] : addresses.map((vip) => ({ kind: 'address', at, vip, port }));
}

export interface Group {
  readonly at: Place;
  readonly entries: readonly GroupEntry[];
}

export function groupOf(block: Block, report: Report): Group {
  report.understood(block.at);
  const entries = (block.children ?? []).flatMap((entry) => {
    report.understood(entry.at);
    return entriesOf(entry, report);
  });
  return { at: block.at, entries };
}
