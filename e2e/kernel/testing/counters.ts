// What ipvsadm prints of counters and of the connection table, as fields.
import type { Place } from '@weir/lab/vm';
import type { Connection } from '@weir/model';

export interface PrintedRow {
  /** `TCP 192.168.8.200:80`, or of a real server `192.168.8.20:80`. */
  readonly name: string;
  readonly columns: readonly string[];
}

/** A service, and behind it its real servers. */
export interface PrintedService extends PrintedRow {
  readonly realServers: readonly PrintedRow[];
}

/** `ipvsadm -Ln` with whatever makes it print a table of services and real servers. */
export async function printedTable(place: Place, options: string): Promise<PrintedService[]> {
  const services: (PrintedRow & { readonly realServers: PrintedRow[] })[] = [];
  for (const line of (await place.run(`ipvsadm -Ln ${options}`)).split('\n').slice(3)) {
    const [first = '', second = '', ...columns] = line.trim().split(/\s+/);
    if (first === '->') services.at(-1)?.realServers.push({ name: second, columns });
    else if (first !== '') services.push({ name: `${first} ${second}`, columns, realServers: [] });
  }
  return services;
}

export interface PrintedConnection extends Pick<Connection, 'state' | 'cip' | 'clientPort' | 'vip' | 'virtualPort' | 'rip' | 'realPort'> {
  readonly protocol: string;
  readonly expiresInSeconds: number;
}

function endpoint(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}

/** `ipvsadm -Lnc`. */
export async function printedConnections(place: Place): Promise<PrintedConnection[]> {
  return (await place.run('ipvsadm -Lnc')).split('\n').slice(2).filter((line) => line !== '').map((line) => {
    const [protocol = '', expires = '', state = '', ...rest] = line.trim().split(/\s+/);
    const [source, virtual, destination] = rest.map(endpoint);
    if (source === undefined || virtual === undefined || destination === undefined) throw new Error(`not a connection: ${line}`);
    const [minutes = 0, seconds = 0] = expires.split(':').map(Number);
    return {
      protocol: protocol.toLowerCase(), state, cip: source.address, clientPort: source.port, vip: virtual.address, virtualPort: virtual.port,
      rip: destination.address, realPort: destination.port, expiresInSeconds: minutes * 60 + seconds,
    };
  });
}
