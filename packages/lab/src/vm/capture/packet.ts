// IPv4 and IPv6 packets and what is in them, through the tunnels that IPVS knows (ipip, gue, gre) to the packet inside.
import { addressText } from './address.ts';
import { decodeIcmp, decodeTcp, decodeUdp, type Icmp, type Tcp, type Udp } from './transport.ts';

export interface Ip {
  readonly version: 4 | 6;
  readonly source: string;
  readonly destination: string;
  /** IPv6: the hop limit. */
  readonly ttl: number;
  /** The number of the next header that is no extension: 6 TCP, 17 UDP. */
  readonly protocol: number;
  /** Of the whole packet, header included. */
  readonly lengthBytes: number;
  readonly dontFragment: boolean;
  /** In units of 8 bytes; above 0 there is no transport header to read. */
  readonly fragmentOffset: number;
}

export interface Packet {
  readonly ip: Ip;
  readonly tcp?: Tcp;
  readonly udp?: Udp;
  readonly icmp?: Icmp;
  /** What this packet carries as an outer packet. */
  readonly tunnel?: { readonly kind: 'ipip' | 'gue' | 'gre'; readonly inner: Packet };
}

interface Header {
  readonly ip: Ip;
  readonly payload: Buffer;
}

const protocols = { icmp: 1, ipip: 4, tcp: 6, udp: 17, ipv6: 41, gre: 47, icmpv6: 58 };
/** The port of gue where nothing else was agreed; the one that Weir proposes. */
const guePort = 6080;
const maxDepth = 4;

export function decodeIp(bytes: Buffer, depth = 0): Packet | undefined {
  if (depth >= maxDepth || bytes.length === 0) return undefined;
  const version = (bytes[0] ?? 0) >> 4;
  const header = version === 4 ? decodeIpv4(bytes) : version === 6 ? decodeIpv6(bytes) : undefined;
  return header && { ip: header.ip, ...(header.ip.fragmentOffset === 0 ? decodePayload(header, depth) : {}) };
}

function decodePayload({ ip: { protocol }, payload }: Header, depth: number): Partial<Packet> {
  if (protocol === protocols.tcp) return present('tcp', decodeTcp(payload));
  if (protocol === protocols.icmp || protocol === protocols.icmpv6) return present('icmp', decodeIcmp(payload, protocol === protocols.icmpv6));
  if (protocol === protocols.ipip || protocol === protocols.ipv6) return tunnel('ipip', payload, depth);
  if (protocol === protocols.gre) return tunnel('gre', greBody(payload), depth);
  if (protocol !== protocols.udp) return {};
  const udp = decodeUdp(payload);
  const gue = udp?.destinationPort === guePort ? tunnel('gue', gueBody(payload.subarray(8)), depth) : {};
  return { ...present('udp', udp), ...gue };
}

function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}

function tunnel(kind: 'ipip' | 'gue' | 'gre', body: Buffer | undefined, depth: number): Partial<Packet> {
  const inner = body && decodeIp(body, depth + 1);
  return inner ? { tunnel: { kind, inner } } : {};
}

function decodeIpv4(bytes: Buffer): Header | undefined {
  const headerBytes = ((bytes[0] ?? 0) & 0x0f) * 4;
  if (headerBytes < 20 || bytes.length < headerBytes) return undefined;
  const lengthBytes = bytes.readUInt16BE(2);
  const fragment = bytes.readUInt16BE(6);
  const ip = {
    version: 4 as const,
    source: addressText(bytes.subarray(12, 16)),
    destination: addressText(bytes.subarray(16, 20)),
    ttl: bytes.readUInt8(8),
    protocol: bytes.readUInt8(9),
    lengthBytes,
    dontFragment: (fragment & 0x4000) !== 0,
    fragmentOffset: fragment & 0x1fff,
  };
  // Ethernet pads short frames.
  return { ip, payload: bytes.subarray(headerBytes, Math.max(headerBytes, lengthBytes)) };
}

const ipv6HeaderBytes = 40;
/** Hop-by-hop, routing, destination options: their length in units of 8 bytes, less the first. */
const ipv6Extensions = [0, 43, 60];
const ipv6Fragment = 44;

function decodeIpv6(bytes: Buffer): Header | undefined {
  if (bytes.length < ipv6HeaderBytes) return undefined;
  const lengthBytes = ipv6HeaderBytes + bytes.readUInt16BE(4);
  let [protocol, offset, fragmentOffset] = [bytes.readUInt8(6), ipv6HeaderBytes, 0];
  while ((ipv6Extensions.includes(protocol) || protocol === ipv6Fragment) && bytes.length >= offset + 8) {
    if (protocol === ipv6Fragment) fragmentOffset = bytes.readUInt16BE(offset + 2) >> 3;
    const next = protocol === ipv6Fragment ? offset + 8 : offset + (bytes.readUInt8(offset + 1) + 1) * 8;
    [protocol, offset] = [bytes.readUInt8(offset), next];
  }
  const [source, destination] = [addressText(bytes.subarray(8, 24)), addressText(bytes.subarray(24, 40))];
  const ip = { version: 6 as const, source, destination, ttl: bytes.readUInt8(7), protocol, lengthBytes, dontFragment: true, fragmentOffset };
  return { ip, payload: bytes.subarray(offset, Math.max(offset, lengthBytes)) };
}

const greFlags = { checksum: 0x8000, key: 0x2000, sequence: 0x1000 };

/** RFC 2784 and 2890. */
function greBody(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 4) return undefined;
  const flags = bytes.readUInt16BE(0);
  const optional = Object.values(greFlags).filter((flag) => (flags & flag) !== 0).length;
  return bytes.subarray(4 + 4 * optional);
}

/** Version 0: the second byte of the header's first half is its further length in words (draft-ietf-intarea-gue). */
function gueBody(bytes: Buffer): Buffer | undefined {
  const first = bytes[0];
  if (first === undefined || first >> 6 !== 0) return undefined;
  return bytes.subarray(4 + (first & 0x1f) * 4);
}
