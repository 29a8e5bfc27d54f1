// A packet walk's hops and captured frames in the same words.
import type { Frame, Network } from '@weir/lab/vm';
import type { Hop } from '../walk/packet.ts';

/** What a hop and a captured frame have in common. */
export interface Seen {
  readonly frame: string;
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
  readonly outer: string | null;
}

export function seenOf({ from, to, packet, outer }: Hop): Seen {
  return {
    frame: `${from} ${to}`, source: `${packet.source.address} ${packet.source.port}`, destination: `${packet.destination.address} ${packet.destination.port}`, ttl: packet.ttl,
    outer: outer && `${outer.source} ${outer.destination} ${outer.ipProtocol} ${outer.udpPort} ${outer.ttl}`,
  };
}

/** Null for what is no TCP. Hosts and interfaces have the names of the walk's stations. */
export function seenIn({ sourceMac, destinationMac, packet }: Frame, network: Network, interfaces: readonly string[] = ['eth0']): Seen | null {
  const names = ['client', 'director', 'realServer'].flatMap((name) => (name === 'director' ? interfaces : ['eth0']).map((each) => [name, network.mac(name, each)] as const));
  const roleOf = (mac: string): string => names.find(([, known]) => known === mac)?.[0] ?? mac;
  const inner = packet?.tunnel?.inner ?? packet;
  if (packet === undefined || inner?.tcp === undefined) return null;
  const { ip, tcp } = inner;
  return {
    frame: `${roleOf(sourceMac)} ${roleOf(destinationMac)}`, source: `${ip.source} ${tcp.sourcePort}`, destination: `${ip.destination} ${tcp.destinationPort}`, ttl: ip.ttl,
    outer: packet.tunnel === undefined ? null : `${packet.ip.source} ${packet.ip.destination} ${packet.ip.protocol} ${packet.udp?.destinationPort ?? null} ${packet.ip.ttl}`,
  };
}
