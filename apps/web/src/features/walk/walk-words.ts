// The addresses of a packet walk by the names that LVS gives them: CIP, VIP, DIP, RIP.
import { formatEndpoint, type Hop, type Outer, type Socket, type Station, type Walk, type WalkInput } from '@weir/model';

export interface NamedAddresses {
  readonly cip: string | null;
  readonly vip: string;
  readonly rip: string;
  readonly dips: readonly string[];
}

export function namedAddresses(walk: Walk, { target, realServer, dip }: Pick<WalkInput, 'target' | 'realServer' | 'dip'>): NamedAddresses {
  return {
    cip: walk.hops[0]?.packet.source.address ?? null, vip: target.vip, rip: realServer.rip,
    dips: [dip.ipv4, dip.ipv6].filter((address) => address !== null),
  };
}

/** CIP before VIP: a director that asks itself does so from the VIP. */
export function nameOf(address: string | null, { cip, vip, rip, dips }: NamedAddresses, isClient: boolean): string {
  if (address === null) return 'DIP';
  if (isClient && address === cip) return 'CIP';
  if (address === vip) return 'VIP';
  if (address === rip) return 'RIP';
  return dips.includes(address) ? 'DIP' : address;
}

/** `CIP → VIP`: the client's side is where a request comes from, and where a reply goes. */
export function hopWords({ direction, packet: { source, destination } }: Hop, names: NamedAddresses): string {
  return `${nameOf(source.address, names, direction === 'request')} → ${nameOf(destination.address, names, direction === 'reply')}`;
}

export function outerWords(outer: Outer | null, names: NamedAddresses): string | null {
  return outer && `${nameOf(outer.source, names, false)} → ${nameOf(outer.destination, names, false)}`;
}

export const macLetters: Readonly<Record<Station, string>> = { client: 'C', router: 'G', director: 'D', realServer: 'R' };

/** `C → D`; a dash within one host. */
export function macWords({ sourceMac, destinationMac }: Pick<Hop, 'sourceMac' | 'destinationMac'>): string {
  return sourceMac === null || destinationMac === null ? '—' : `${macLetters[sourceMac]} → ${macLetters[destinationMac]}`;
}

/** `10.0.0.1:80`; a star where the kernel chooses the port, a dash where an address is not known. */
export function socketText({ address, port }: Socket): string {
  if (address === null) return `—:${port ?? '*'}`;
  return port === null ? `${formatEndpoint(address, 0).slice(0, -1)}*` : formatEndpoint(address, port);
}

/** `192.168.8.10 → 192.168.8.20 ipip, ttl 63`: the machine's words. */
export function outerText(outer: Outer | null): string {
  if (outer === null) return '—';
  const port = outer.udpPort === null ? '' : `:${outer.udpPort}`;
  return `${outer.source ?? '—'} → ${outer.destination}${port}, ${outer.type}, proto ${outer.ipProtocol}, ttl ${outer.ttl}`;
}
