// A packet walk's hops and captured frames in the same words.
import type { Frame } from '@weir/lab/vm';
import type { Hop, Station } from '@weir/model';

export interface Seen {
  readonly frame: string;
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
  readonly outer: string | null;
}

export function seenOf({ from, to, packet, outer }: Hop): Seen {
  if (packet.protocol === 'sctp') throw new Error('no SCTP is captured');
  return {
    frame: `${from} ${to}`, protocol: packet.protocol,
    source: `${packet.source.address} ${packet.source.port}`, destination: `${packet.destination.address} ${packet.destination.port}`, ttl: packet.ttl,
    outer: outer && `${outer.source} ${outer.destination} ${outer.ipProtocol} ${outer.udpPort} ${outer.ttl}`,
  };
}

/** Null for what is neither TCP nor UDP. */
export function seenIn({ sourceMac, destinationMac, packet }: Frame, stationOf: (mac: string) => Station | undefined): Seen | null {
  const inner = packet?.tunnel?.inner ?? packet;
  const protocol = inner?.tcp === undefined ? 'udp' : 'tcp';
  const ports = inner?.[protocol];
  if (packet === undefined || inner === undefined || ports === undefined) return null;
  const { ip, tunnel, udp } = packet;
  return {
    frame: `${stationOf(sourceMac) ?? sourceMac} ${stationOf(destinationMac) ?? destinationMac}`, protocol,
    source: `${inner.ip.source} ${ports.sourcePort}`, destination: `${inner.ip.destination} ${ports.destinationPort}`, ttl: inner.ip.ttl,
    outer: tunnel === undefined ? null : `${ip.source} ${ip.destination} ${ip.protocol} ${udp?.destinationPort ?? null} ${ip.ttl}`,
  };
}

/** Each once, in an order of their own. */
export function distinct(seen: readonly Seen[]): Seen[] {
  const found = new Map(seen.map((one) => [JSON.stringify(one), one]));
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
