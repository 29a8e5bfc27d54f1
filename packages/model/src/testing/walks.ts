// Packet walks in one line per hop, and walks to vary: the tutorial's network.
import type { Hop, Socket, Walk, WalkInput } from '../walk/packet.ts';

const letters = { client: 'C', router: 'G', director: 'D', realServer: 'R' } as const;

function socket({ address, port }: Socket): string {
  return `${address ?? '?'} ${port ?? '*'}`;
}

function frame({ sourceMac, destinationMac }: Hop): string {
  return sourceMac === null || destinationMac === null ? 'lo ' : `${letters[sourceMac]}>${letters[destinationMac]}`;
}

/** `C>D 192.168.8.100 40000 > 192.168.8.200 80 ttl 64`, and the outer header in front of what it holds. */
export function linesOf({ hops }: Walk): string[] {
  return hops.map((hop) => {
    const { packet: { source, destination, ttl }, outer } = hop;
    const port = outer?.udpPort == null ? '' : ` udp ${outer.udpPort}`;
    const around = outer === null ? '' : `${outer.source ?? '?'} > ${outer.destination} proto ${outer.ipProtocol}${port} ttl ${outer.ttl} +${hop.room.overheadBytes} | `;
    return `${frame(hop)} ${around}${socket(source)} > ${socket(destination)} ttl ${ttl}`;
  });
}

export function walkInput(changes: Partial<WalkInput> = {}): WalkInput {
  return {
    service: { match: { kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port: 80 }, persistence: null, onePacket: false },
    realServer: { rip: '192.168.8.20', port: 80, method: { kind: 'dr' } },
    dip: { ipv4: '192.168.8.10', ipv6: 'fd00::10' },
    target: { vip: '192.168.8.200', port: 80 },
    client: { place: 'sameSubnet', address: '192.168.8.100', port: 40_000 },
    realServerPlace: 'sameSubnet',
    mtuBytes: 1_500,
    ...changes,
  };
}

/** The same network in IPv6. */
export function walkInput6(changes: Partial<WalkInput> = {}): WalkInput {
  return walkInput({
    service: { match: { kind: 'address', protocol: 'tcp', vip: 'fd00::200', port: 80 }, persistence: null, onePacket: false },
    realServer: { rip: 'fd00::20', port: 80, method: { kind: 'dr' } },
    target: { vip: 'fd00::200', port: 80 },
    client: { place: 'sameSubnet', address: 'fd00::100', port: 40_000 },
    ...changes,
  });
}
