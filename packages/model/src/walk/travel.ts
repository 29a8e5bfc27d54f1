// Carries a packet along stations: each that stands between two links takes one from its ttl.
import type { Hop, Outer, Packet, Station } from './packet.ts';
import { roomFor } from './room.ts';

/** Of the loopback interface. */
const LOOPBACK_MTU_BYTES = 65_536;

export interface Carriage {
  readonly direction: Hop['direction'];
  readonly packet: Packet;
  readonly outer?: Outer;
  readonly overheadBytes?: number;
}

export interface Links {
  readonly mtuBytes: number;
  /** Stations that are the director's own host. */
  readonly onDirector: ReadonlySet<Station>;
}

function within({ onDirector }: Links, from: Station, to: Station): boolean {
  const isDirector = (station: Station): boolean => station === 'director' || onDirector.has(station);
  return isDirector(from) && isDirector(to);
}

/** A router looks at the outer header only. */
function passed({ packet, outer, ...rest }: Carriage): Carriage {
  return outer === undefined ? { ...rest, packet: { ...packet, ttl: packet.ttl - 1 } } : { ...rest, packet, outer: { ...outer, ttl: outer.ttl - 1 } };
}

/** The hops of a packet from the first station to the last. */
export function travel(path: readonly Station[], sent: Carriage, links: Links): Hop[] {
  const hops: Hop[] = [];
  let carriage = sent;
  path.slice(1).forEach((to, index) => {
    const from = path[index] ?? to;
    const local = within(links, from, to);
    const before = path[index - 1];
    // What a host sends to itself is no forwarding.
    if (before !== undefined && !local && !within(links, before, from)) carriage = passed(carriage);
    const { direction, packet, outer = null, overheadBytes = 0 } = carriage;
    hops.push({
      direction, from, to, sourceMac: local ? null : from, destinationMac: local ? null : to, packet, outer,
      room: roomFor(packet, local ? LOOPBACK_MTU_BYTES : links.mtuBytes, overheadBytes),
    });
  });
  return hops;
}
