// One line of /proc/net/ip_vs_conn or ip_vs_conn_sync (net/netfilter/ipvs/ip_vs_conn.c, ip_vs_conn_seq_show).
import { malformed } from '@weir/netlink';
import type { Family } from '@weir/netlink';
import { addressOfHex, countOf, familyOfHex, markOfHex, portOfHex } from './hex-address.ts';

export interface ConnectionEntry {
  /** `tcp`, `udp`, `sctp`, or what else the kernel writes, in small letters; `ip` for a template by mark. */
  readonly protocol: string;
  readonly family: Family;
  readonly client: string;
  /** 0: a template, which sends its client's connections to one real server. */
  readonly clientPort: number;
  readonly virtual: { readonly kind: 'address'; readonly address: string; readonly port: number } | { readonly kind: 'mark'; readonly mark: number };
  readonly destination: string;
  readonly destinationPort: number;
  /** `ESTABLISHED`, `FIN_WAIT` …; `NONE` and `ASSURED` for templates. */
  readonly state: string;
  readonly expiresInSeconds: number;
  /** Made here or taken from another director; null in ip_vs_conn, which does not say. */
  readonly origin: 'local' | 'sync' | null;
  readonly engine: string | null;
}

const STATE = /^[A-Z0-9_]{1,32}$/;
const PROTOCOL = /^[A-Za-z0-9_]{1,20}$/;
/** An engine's data is at most 255 bytes; the rest is far less. */
const LONGEST_LINE = 600;

/** Null for the heading. */
export function readConnectionLine(line: string): ConnectionEntry | null {
  if (line.startsWith('Pro ')) return null;
  if (line.length > LONGEST_LINE) throw malformed('connection', `has ${line.length} characters`);
  const [protocol = '', from = '', fromPort = '', to = '', toPort = '', destination = '', destinationPort = '', state = '', ...rest] =
    line.trimEnd().split(/ +/, 12);
  if (!PROTOCOL.test(protocol) || !STATE.test(state)) throw malformed('connection', `${JSON.stringify(line.slice(0, 100))} is none`);
  const origin = rest[0] === 'LOCAL' ? 'local' : rest[0] === 'SYNC' ? 'sync' : null;
  const [expires = '', engine = null] = origin === null ? rest : rest.slice(1);
  const name = protocol.toLowerCase();
  return {
    protocol: name, family: familyOfHex(from), client: addressOfHex(from), clientPort: portOfHex(fromPort),
    virtual: name === 'ip' ? { kind: 'mark', mark: markOfHex(to) } : { kind: 'address', address: addressOfHex(to), port: portOfHex(toPort) },
    destination: addressOfHex(destination), destinationPort: portOfHex(destinationPort),
    state, expiresInSeconds: countOf(expires, 'expiry'), origin, engine,
  };
}
