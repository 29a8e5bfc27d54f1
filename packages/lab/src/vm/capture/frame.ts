// An Ethernet frame, decoded as far as its bytes go: what is cut or unknown is absent, never guessed.
import { addressText, macText } from './address.ts';
import { decodeIp, type Packet } from './packet.ts';
import type { CapturedBytes } from './pcap.ts';

export interface Arp {
  readonly operation: 'request' | 'reply';
  readonly senderMac: string;
  readonly senderIp: string;
  readonly targetMac: string;
  readonly targetIp: string;
}

export interface Frame {
  /** The guest's clock, microseconds since 1970. */
  readonly atUs: bigint;
  readonly lengthBytes: number;
  readonly sourceMac: string;
  readonly destinationMac: string;
  readonly etherType: number;
  readonly arp?: Arp;
  readonly packet?: Packet;
}

const headerBytes = 14;
const arpBytes = 28;
const etherTypes = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd };

/** Undefined when not even the Ethernet header is there. */
export function decodeFrame({ atUs, lengthBytes, bytes }: CapturedBytes): Frame | undefined {
  if (bytes.length < headerBytes) return undefined;
  const etherType = bytes.readUInt16BE(12);
  const body = bytes.subarray(headerBytes);
  const arp = etherType === etherTypes.arp ? decodeArp(body) : undefined;
  const packet = etherType === etherTypes.ipv4 || etherType === etherTypes.ipv6 ? decodeIp(body) : undefined;
  const base = { atUs, lengthBytes, sourceMac: macText(bytes, 6), destinationMac: macText(bytes, 0), etherType };
  return { ...base, ...(arp && { arp }), ...(packet && { packet }) };
}

/** For IPv4 on Ethernet (RFC 826). */
function decodeArp(bytes: Buffer): Arp | undefined {
  if (bytes.length < arpBytes || bytes.readUInt16BE(0) !== 1 || bytes.readUInt16BE(2) !== etherTypes.ipv4) return undefined;
  const operation = bytes.readUInt16BE(6);
  if (operation !== 1 && operation !== 2) return undefined;
  return {
    operation: operation === 1 ? 'request' : 'reply',
    senderMac: macText(bytes, 8),
    senderIp: addressText(bytes.subarray(14, 18)),
    targetMac: macText(bytes, 18),
    targetIp: addressText(bytes.subarray(24, 28)),
  };
}
