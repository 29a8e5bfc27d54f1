// /proc/net/ip_vs: methods, weights and connections of all destinations, many times cheaper than a dump, without counters and thresholds
// (net/netfilter/ipvs/ip_vs_ctl.c, ip_vs_info_seq_show).
import { malformed } from '@weir/netlink';
import { markOfHex } from './hex-address.ts';
import { LineReader } from './line-reader.ts';

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

function readDestination(line: LineReader): QuickDestination {
  const { address, port } = line.endpoint();
  const forward = line.word();
  if (!isForward(forward)) throw malformed('forwarding method', `${JSON.stringify(forward.slice(0, 16))} is none`);
  return { address, port, forward, weight: line.count('weight'), active: line.count('connections'), inactive: line.count('connections') };
}

function readService(protocol: string, line: LineReader, destinations: QuickDestination[]): QuickService {
  const id = protocol === 'FWM'
    ? { kind: 'mark' as const, mark: markOfHex(line.word()) }
    : { kind: 'address' as const, protocol: protocol.toLowerCase(), ...line.endpoint() };
  const scheduler = line.word();
  if (scheduler === '') throw malformed('service', 'has no scheduler');
  return { id, scheduler, destinations };
}

const HEADING_LINES = 3;

export function readQuickTable(text: string): QuickService[] {
  const services: QuickService[] = [];
  let destinations: QuickDestination[] = [];
  const line = new LineReader(text);
  for (let heading = 0; heading < HEADING_LINES; heading += 1) line.nextLine();
  for (; !line.ended; line.nextLine()) {
    const first = line.word();
    if (first === '->') {
      if (services.length === 0) throw malformed('table', 'begins with a destination');
      destinations.push(readDestination(line));
    } else if (first !== '') {
      destinations = [];
      services.push(readService(first, line, destinations));
    }
  }
  return services;
}
