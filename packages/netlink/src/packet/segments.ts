// TCP segments without a payload, in IP and if wished in a tunnel, as IPVS wraps them; and what an answer to them says.
import { addressBytes, addressText, familyOf } from '../address.ts';
import type { Family } from '../address.ts';
import { ByteWriter } from '../byte-writer.ts';
import { checksum, transportChecksum } from './checksum.ts';

export type SegmentKind = 'syn' | 'rst';

export interface Segment {
  readonly kind: SegmentKind;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
}

/** From the director to the real server, around the packet. */
export interface Wrapping {
  readonly source: string;
  readonly destination: string;
  readonly tunnel:
    | { readonly type: 'ipip' }
    | { readonly type: 'gre'; readonly hasChecksum: boolean }
    | { readonly type: 'gue'; readonly port: number };
}

export const TCP = 6;
const UDP = 17;
const GRE = 47;
/** IPv4 and IPv6 inside of IP. */
const INSIDE: Readonly<Record<Family, number>> = { ipv4: 4, ipv6: 41 };
export const ETHERTYPE: Readonly<Record<Family, number>> = { ipv4: 0x0800, ipv6: 0x86dd };
const FLAGS: Readonly<Record<SegmentKind, number>> = { syn: 0x02, rst: 0x04 };
const HOPS = 64;
const WINDOW = 1_024;
const DONT_FRAGMENT = 0x4000;
/** Where IPVS sends GUE from is of no meaning to who unwraps it; any port that is no service. */
const GUE_SOURCE_PORT = 0xc000;

function withChecksum(bytes: Uint8Array, at: number, sum: number): Uint8Array {
  const whole = Uint8Array.from(bytes);
  whole[at] = sum >>> 8;
  whole[at + 1] = sum;
  return whole;
}

function inIp(source: string, destination: string, protocol: number, payload: Uint8Array): Uint8Array {
  const writer = new ByteWriter();
  if (familyOf(source) === 'ipv6') {
    writer.be32(0x6000_0000);
    writer.be16(payload.length);
    writer.u8(protocol);
    writer.u8(HOPS);
  } else {
    writer.be16(0x4500);
    writer.be16(20 + payload.length);
    writer.be16(0);
    writer.be16(DONT_FRAGMENT);
    writer.u8(HOPS);
    writer.u8(protocol);
    writer.be16(0);
  }
  writer.bytes(addressBytes(source));
  writer.bytes(addressBytes(destination));
  const header = familyOf(source) === 'ipv6' ? writer.written : withChecksum(writer.written, 10, checksum([writer.written]));
  return Buffer.concat([header, payload]);
}

export function segmentPacket({ kind, source, destination, sourcePort, destinationPort, sequence }: Segment): Uint8Array {
  const writer = new ByteWriter();
  writer.be16(sourcePort);
  writer.be16(destinationPort);
  writer.be32(sequence);
  writer.be32(0);
  // Five words of header.
  writer.be16(0x5000 | FLAGS[kind]);
  writer.be16(WINDOW);
  writer.be32(0);
  const sum = transportChecksum(addressBytes(source), addressBytes(destination), TCP, writer.written);
  return inIp(source, destination, TCP, withChecksum(writer.written, 16, sum));
}

export function wrapped(packet: Uint8Array, inner: Family, { source, destination, tunnel }: Wrapping): Uint8Array {
  if (tunnel.type === 'ipip') return inIp(source, destination, INSIDE[inner], packet);
  const writer = new ByteWriter();
  if (tunnel.type === 'gre') {
    writer.be16(tunnel.hasChecksum ? 0x8000 : 0);
    writer.be16(ETHERTYPE[inner]);
    if (tunnel.hasChecksum) writer.be32(0);
    writer.bytes(packet);
    const whole = tunnel.hasChecksum ? withChecksum(writer.written, 4, checksum([writer.written])) : writer.written;
    return inIp(source, destination, GRE, whole);
  }
  writer.be16(GUE_SOURCE_PORT);
  writer.be16(tunnel.port);
  writer.be16(12 + packet.length);
  writer.be16(0);
  // GUE, variant 0: no options, the protocol of what is inside.
  writer.u8(0);
  writer.u8(INSIDE[inner]);
  writer.be16(0);
  writer.bytes(packet);
  const sum = transportChecksum(addressBytes(source), addressBytes(destination), UDP, writer.written);
  return inIp(source, destination, UDP, withChecksum(writer.written, 6, sum === 0 ? 0xffff : sum));
}

export interface SegmentAnswer {
  readonly kind: 'synAck' | 'rst';
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** Of what it acknowledges. */
  readonly acknowledged: number;
}

/** Null where the bytes are no answer to a SYN. They begin with the header of IP. */
export function readSegmentAnswer(bytes: Uint8Array): SegmentAnswer | null {
  const version = (bytes[0] ?? 0) >>> 4;
  const family: Family = version === 6 ? 'ipv6' : 'ipv4';
  const header = version === 6 ? 40 : ((bytes[0] ?? 0) & 0xf) * 4;
  if ((version !== 4 && version !== 6) || header < 20 || bytes.length < header + 20) return null;
  const [protocol, addresses, length] = version === 6 ? [bytes[6], 8, 16] : [bytes[9], 12, 4];
  if (protocol !== TCP) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + header, 20);
  const flags = view.getUint8(13) & 0x17;
  // SYN and ACK; or RST and ACK, which is how a SYN is refused.
  if (flags !== 0x12 && flags !== 0x14) return null;
  return {
    kind: flags === 0x12 ? 'synAck' : 'rst',
    source: addressText(family, bytes, addresses, addresses + length), destination: addressText(family, bytes, addresses + length, addresses + 2 * length),
    sourcePort: view.getUint16(0), destinationPort: view.getUint16(2), acknowledged: view.getUint32(8),
  };
}
