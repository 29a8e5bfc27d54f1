// The kernel's connection table, read line by line from /proc: its only source. Templates are no connections and are left out.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { canonicalAddress, Protocol } from '@weir/model';
import type { Connection, ConnectionList } from '@weir/model';
import { readConnectionLine } from '@weir/ipvs';
import type { ConnectionEntry } from '@weir/ipvs';
import { Turns } from './turns.ts';

export const CONNECTION_TABLE = '/proc/net/ip_vs_conn';

/** A template's client has port 0. */
const templateLine = /^\S+ +\S+ 0000 /;

function connectionOf(entry: ConnectionEntry): Connection | null {
  const protocol = Protocol.safeParse(entry.protocol).data;
  const { virtual } = entry;
  if (protocol === undefined || virtual.kind === 'mark') return null;
  const addresses = [entry.client, virtual.address, entry.destination];
  if (addresses.some((address) => canonicalAddress(address) !== address)) return null;
  return {
    protocol, cip: entry.client, clientPort: entry.clientPort, vip: virtual.address, virtualPort: virtual.port,
    // Whatever the method, the real server sees the client's address.
    dip: null, directorPort: null, rip: entry.destination, realPort: entry.destinationPort,
    state: entry.state, expiresInMs: entry.expiresInSeconds * 1_000,
  };
}

/** The first `limit` connections, and how many there are. */
export async function readConnections(limit: number, signal: AbortSignal, path = CONNECTION_TABLE): Promise<ConnectionList> {
  const measuredAtMs = Date.now();
  const entries: Connection[] = [];
  let total = 0;
  const turns = new Turns();
  const lines = createInterface({ input: createReadStream(path, { encoding: 'latin1', highWaterMark: 65_536, signal }), crlfDelay: Infinity });
  for await (const line of lines) {
    if (templateLine.test(line) || line.startsWith('Pro ')) continue;
    total += 1;
    const entry = entries.length < limit ? readConnectionLine(line) : null;
    const connection = entry === null ? null : connectionOf(entry);
    if (connection !== null) entries.push(connection);
    await turns.next();
  }
  return { entries, total, measuredAtMs };
}
