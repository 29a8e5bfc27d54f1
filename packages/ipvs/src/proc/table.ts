// /proc/net/ip_vs: methods, weights and connections of all destinations, many times cheaper than a dump, without counters and thresholds
// (net/netfilter/ipvs/ip_vs_ctl.c, ip_vs_info_seq_show).
import { malformed } from '@weir/netlink';
import { addressOfHex, countOf, familyOfHex, markOfHex, portOfHex } from './hex-address.ts';

export interface QuickDestination {
  readonly address: string;
  readonly port: number;
  readonly forward: 'Masq' | 'Local' | 'Tunnel' | 'Route';
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
}

export interface QuickService {
  /** `tcp`, `udp`, `sctp`, or what else the kernel writes, in small letters; of a mark the family is not told. */
  readonly id: { readonly kind: 'address'; readonly protocol: string; readonly address: string; readonly port: number } | { readonly kind: 'mark'; readonly mark: number };
  readonly scheduler: string;
  readonly destinations: readonly QuickDestination[];
}

const forwards: readonly string[] = ['Masq', 'Local', 'Tunnel', 'Route'] satisfies QuickDestination['forward'][];

function isForward(text: string): text is QuickDestination['forward'] {
  return forwards.includes(text);
}

/** `C0A808C8:0050`, `[fd00:…:0001]:0050` */
function endpointOf(text: string): { readonly address: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, Math.max(colon, 0));
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if ((bare === host) !== (familyOfHex(bare) === 'ipv4')) throw malformed('endpoint', `${JSON.stringify(text.slice(0, 64))} is none`);
  return { address: addressOfHex(bare), port: portOfHex(text.slice(colon + 1)) };
}

function destinationOf(words: readonly string[]): QuickDestination {
  const [endpoint = '', forward = '', weight = '', active = '', inactive = ''] = words;
  if (!isForward(forward)) throw malformed('forwarding method', `${JSON.stringify(forward.slice(0, 16))} is none`);
  return { ...endpointOf(endpoint), forward, weight: countOf(weight, 'weight'), active: countOf(active, 'connections'), inactive: countOf(inactive, 'connections') };
}

function serviceOf([protocol = '', endpoint = '', scheduler = '']: readonly string[], destinations: QuickDestination[]): QuickService {
  if (scheduler === '') throw malformed('service', 'has no scheduler');
  const id = protocol === 'FWM'
    ? { kind: 'mark' as const, mark: markOfHex(endpoint) }
    : { kind: 'address' as const, protocol: protocol.toLowerCase(), ...endpointOf(endpoint) };
  return { id, scheduler, destinations };
}

const HEADING_LINES = 3;

export function readQuickTable(text: string): QuickService[] {
  const services: QuickService[] = [];
  let destinations: QuickDestination[] = [];
  for (const line of text.split('\n').slice(HEADING_LINES)) {
    if (line === '') continue;
    const words = line.trim().split(/ +/);
    if (words[0] === '->') {
      if (services.length === 0) throw malformed('table', 'begins with a destination');
      destinations.push(destinationOf(words.slice(1)));
    } else {
      destinations = [];
      services.push(serviceOf(words, destinations));
    }
  }
  return services;
}
