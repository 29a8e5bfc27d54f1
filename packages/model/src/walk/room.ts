// How much of a link's MTU is left for a packet.
import type { Family } from '../definition/address.ts';
import type { Protocol } from '../definition/definition.ts';
import type { Tunnel } from '../definition/forwarding.ts';
import type { Outer, Packet, Room } from './packet.ts';

export const ipHeaderBytes: Readonly<Record<Family, number>> = { ipv4: 20, ipv6: 40 };

/** TCP without options, UDP, SCTP's common header with that of one DATA chunk (RFC 9260). */
const transportHeaderBytes: Readonly<Record<Protocol, number>> = { tcp: 20, udp: 8, sctp: 28 };

/**
 * What is between the outer IP header and the packet (ip_vs_xmit.c): nothing; UDP 8 and GUE 4, and 8 for remcsum where the sender left the checksum
 * to its card; GRE 4, and 4 for its checksum.
 */
export function shimBytes(tunnel: Tunnel): number {
  switch (tunnel.type) {
    case 'ipip': return 0;
    case 'gue': return tunnel.checksum === 'remcsum' ? 20 : 12;
    case 'gre': return tunnel.checksum === 'csum' ? 8 : 4;
  }
}

/** What a tunnel adds to each packet. */
export function tunnelOverheadBytes(tunnel: Tunnel, outerFamily: Family): number {
  return ipHeaderBytes[outerFamily] + shimBytes(tunnel);
}

export function roomFor({ family, protocol }: Pick<Packet, 'family' | 'protocol'>, mtuBytes: number, overheadBytes: number): Room {
  const packetBytes = mtuBytes - overheadBytes;
  return { mtuBytes, overheadBytes, packetBytes, payloadBytes: packetBytes - ipHeaderBytes[family] - transportHeaderBytes[protocol] };
}

/** The outer header as the director writes it: its ttl is the packet's own (ip_vs_prepare_tunneled_skb). */
export function outerOf(tunnel: Tunnel, inner: Packet, outerFamily: Family, ends: Pick<Outer, 'source' | 'destination'>): Outer {
  const inside = inner.family === 'ipv4' ? 4 : 41;
  return {
    type: tunnel.type, family: outerFamily, ...ends, ttl: inner.ttl,
    ipProtocol: tunnel.type === 'ipip' ? inside : tunnel.type === 'gue' ? 17 : 47,
    udpPort: tunnel.type === 'gue' ? tunnel.port : null,
  };
}
