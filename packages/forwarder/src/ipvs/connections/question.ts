// What is looked for, in the words of the kernel's table: columns of hexadecimal text, so that lines are compared without being decoded.
import { addressOf, familyOf, partsOfNetwork, serviceKey, templatePort } from '@weir/model';
import type { ConnectionChoice, ConnectionGrouping, IpNetwork, ServiceKey, ServiceMatch } from '@weir/model';
import { hexOfAddress, hexOfPort } from '@weir/ipvs';

/** Columns by their number in a line, from 1: protocol, client, port, virtual address, port, destination, port, state. */
const column = { protocol: 1, client: 2, destination: 6, destinationPort: 7, state: 8 } as const;

/** An address of so many characters that begins so; and of the one after that, some bits. */
export interface PrefixOfText {
  readonly length: number;
  readonly start: string;
  readonly mask: number;
  readonly bits: number;
}

export interface Question {
  readonly limit: number;
  /** What columns must be. */
  readonly equal: readonly (readonly [column: number, text: string])[];
  /** Of clients; null: any. */
  readonly network: PrefixOfText | null;
  /** `TCP C0A808C8 0050`, with `*` for every port: protocol, virtual address and port must be one of them; and which service that is. Null: any. */
  readonly services: ReadonlyMap<string, ServiceKey> | null;
  readonly groupBy: ConnectionGrouping | null;
}

const protocolName = (protocol: string): string => protocol.toUpperCase();

/** A template by mark has the mark in the place of the address (ip_vs_core.c, ip_vs_sched_persist): its first 32 bits. */
function markColumns({ mark, family }: Extract<ServiceMatch, { kind: 'mark' }>): string {
  const bits = mark.toString(16).padStart(8, '0');
  return family === 'ipv4' ? `IP ${bits.toUpperCase()} *` : `IP ${bits.slice(0, 4)}:${bits.slice(4)}${':0000'.repeat(6)} *`;
}

function serviceColumns(match: ServiceMatch): string[] {
  const protocol = protocolName(match.protocol);
  if (match.kind === 'address') {
    const named = match.port === 0 ? ['*'] : [...new Set([match.port, templatePort(match.port)])].map(hexOfPort);
    return named.map((port) => `${protocol} ${hexOfAddress(match.vip)} ${port}`);
  }
  // Its connections stand under the address that the client reached, as others do.
  const ports = match.ports.length === 0 ? ['*'] : match.ports.map(hexOfPort);
  const reached = match.vips.filter((vip) => familyOf(vip) === match.family).flatMap((vip) => ports.map((port) => `${protocol} ${hexOfAddress(vip)} ${port}`));
  return [markColumns(match), ...reached];
}

/** Of two services that take the same, the first. */
function byColumns(services: readonly ServiceMatch[]): ReadonlyMap<string, ServiceKey> {
  return new Map(services.toReversed().flatMap((match) => serviceColumns(match).map((columns): [string, ServiceKey] => [columns, serviceKey(addressOf(match))])));
}

const DIGIT_BITS = 4;

/** A digit has 4 bits, and in IPv6 a colon stands after every fourth. */
function prefixOf(network: IpNetwork): PrefixOfText {
  const { address, prefixLength } = partsOfNetwork(network);
  const text = hexOfAddress(address);
  const digits = Math.floor(prefixLength / DIGIT_BITS);
  const at = familyOf(address) === 'ipv6' ? digits + Math.floor(digits / 4) : digits;
  const mask = (0xf0 >> (prefixLength % DIGIT_BITS)) & 0xf;
  return { length: text.length, start: text.slice(0, at), mask, bits: Number.parseInt(text.charAt(at) || '0', 16) & mask };
}

export function questionOf({ filter, services, groupBy }: ConnectionChoice, limit: number): Question {
  const { protocol, client, network, rip, realPort, state } = filter;
  const wanted: readonly (readonly [number, string | undefined])[] = [
    [column.protocol, protocol && protocolName(protocol)],
    [column.client, client && hexOfAddress(client)],
    [column.destination, rip && hexOfAddress(rip)],
    [column.destinationPort, realPort === undefined ? undefined : hexOfPort(realPort)],
    [column.state, state],
  ];
  return {
    limit,
    equal: wanted.flatMap(([number, text]): (readonly [number, string])[] => (text === undefined ? [] : [[number, text]])),
    network: network === undefined ? null : prefixOf(network),
    services: services && byColumns(services),
    groupBy: groupBy ?? null,
  };
}
