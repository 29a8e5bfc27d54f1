// TCP, UDP and ICMP headers, neighbour discovery's messages among the last.
import { addressText } from './address.ts';

export type TcpFlag = 'FIN' | 'SYN' | 'RST' | 'PSH' | 'ACK' | 'URG';

export interface Tcp {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly flags: readonly TcpFlag[];
  readonly payload: Buffer;
}

export interface Udp {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Buffer;
}

export interface Icmp {
  readonly type: number;
  readonly code: number;
  /** Neighbour discovery: whose link-layer address is asked for or told. */
  readonly neighbour?: { readonly kind: 'solicitation' | 'advertisement'; readonly target: string };
  /** "Fragmentation needed" and "packet too big". */
  readonly mtu?: number;
}

/** In the order of their bits, the lowest first. */
const tcpFlags: readonly TcpFlag[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

export function decodeTcp(bytes: Buffer): Tcp | undefined {
  if (bytes.length < 20) return undefined;
  const bits = bytes.readUInt8(13);
  return {
    sourcePort: bytes.readUInt16BE(0),
    destinationPort: bytes.readUInt16BE(2),
    sequence: bytes.readUInt32BE(4),
    flags: tcpFlags.filter((_, bit) => (bits & (1 << bit)) !== 0),
    payload: bytes.subarray(Math.max(20, (bytes.readUInt8(12) >> 4) * 4)),
  };
}

export function decodeUdp(bytes: Buffer): Udp | undefined {
  if (bytes.length < 8) return undefined;
  return { sourcePort: bytes.readUInt16BE(0), destinationPort: bytes.readUInt16BE(2), payload: bytes.subarray(8) };
}

const icmpUnreachable = 3;
const icmpFragmentationNeeded = 4;
const icmpv6TooBig = 2;
const icmpv6Neighbour: Readonly<Record<number, 'solicitation' | 'advertisement'>> = { 135: 'solicitation', 136: 'advertisement' };

export function decodeIcmp(bytes: Buffer, isIpv6: boolean): Icmp | undefined {
  if (bytes.length < 8) return undefined;
  const [type, code] = [bytes.readUInt8(0), bytes.readUInt8(1)];
  if (!isIpv6) return type === icmpUnreachable && code === icmpFragmentationNeeded ? { type, code, mtu: bytes.readUInt16BE(6) } : { type, code };
  const kind = icmpv6Neighbour[type];
  if (kind !== undefined && bytes.length >= 24) return { type, code, neighbour: { kind, target: addressText(bytes.subarray(8, 24)) } };
  return type === icmpv6TooBig ? { type, code, mtu: bytes.readUInt32BE(4) } : { type, code };
}
