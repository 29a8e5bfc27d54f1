// What of a connection table is looked for, and the finding where the whole table is at hand.
import { familyOf } from '../definition/address.ts';
import type { ServiceMatch } from '../definition/definition.ts';
import { inNetwork } from '../definition/network.ts';
import { CONNECTION_STATES_MAX } from './connection.ts';
import type { Connection, ConnectionFilter, ConnectionGrouping, ConnectionList } from './connection.ts';
import { GroupCounts, groupKeyOf } from './groups.ts';

/** What is looked for, in the traffic of some services or, with null, of all. */
export interface ConnectionChoice {
  readonly filter: ConnectionFilter;
  readonly services: readonly ServiceMatch[] | null;
  /** Left out: they are counted in no groups. */
  readonly groupBy?: ConnectionGrouping;
}

export const everyConnection: ConnectionChoice = { filter: {}, services: null };

const ftpPort = 21;

/** The virtual port in the templates of a service by address: those of FTP are without, as those of a service of every port (ip_vs_core.c, ip_vs_sched_persist). */
export function templatePort(port: number): number {
  return port === ftpPort ? 0 : port;
}

function matches({ protocol, cip, vip, virtualPort, mark, template }: Connection, match: ServiceMatch): boolean {
  if (mark !== null) return match.kind === 'mark' && mark === match.mark && familyOf(cip) === match.family;
  if (protocol !== match.protocol || vip === null) return false;
  if (match.kind === 'mark') return match.vips.includes(vip) && (match.ports.length === 0 || match.ports.includes(virtualPort ?? 0));
  // A service of port 0 takes every port.
  return vip === match.vip && (match.port === 0 || match.port === virtualPort || (template && virtualPort === templatePort(match.port)));
}

/** Says of connections whether they are looked for. */
function fits({ protocol, client, network, rip, realPort, state }: ConnectionFilter): (connection: Connection) => boolean {
  const isIn = network === undefined ? null : inNetwork(network);
  return (connection) => (protocol === undefined || protocol === connection.protocol)
    && (client === undefined || client === connection.cip)
    && (rip === undefined || rip === connection.rip)
    && (realPort === undefined || realPort === connection.realPort)
    && (state === undefined || state === connection.state)
    && (isIn === null || isIn(connection.cip));
}

export function takesEveryPort(match: ServiceMatch): boolean {
  return match.kind === 'address' ? match.port === 0 : match.ports.length === 0;
}

/** Which one takes it: one of every port only where none beside it names its port, as in the kernel (ip_vs_ctl.c, ip_vs_service_find). */
export function serviceTaking(connection: Connection, services: readonly ServiceMatch[]): ServiceMatch | null {
  let ofEveryPort: ServiceMatch | null = null;
  for (const match of services) {
    if (!matches(connection, match)) continue;
    if (!takesEveryPort(match)) return match;
    ofEveryPort ??= match;
  }
  return ofEveryPort;
}

export function isChosen(connection: Connection, { filter, services }: ConnectionChoice): boolean {
  return fits(filter)(connection) && (services === null || services.some((match) => matches(connection, match)));
}

/** By how many, then by name; the rarest beyond the bound are left out. */
export function sortedStates(counts: ReadonlyMap<string, number>): NonNullable<ConnectionList['states']> {
  return [...counts].map(([state, count]) => ({ state, count }))
    .toSorted((a, b) => b.count - a.count || (a.state < b.state ? -1 : 1))
    .slice(0, CONNECTION_STATES_MAX);
}

export interface Search {
  readonly choice: ConnectionChoice;
  readonly limit: number;
}

export type Found = Pick<ConnectionList, 'entries' | 'states' | 'groups'> & { readonly total: number; readonly templates: number };

export function findConnections(all: Iterable<Connection>, { choice, limit }: Search): Found {
  const entries: Connection[] = [];
  const states = new Map<string, number>();
  const { services, groupBy, filter } = choice;
  const isAskedFor = fits(filter);
  const groups = new GroupCounts();
  let total = 0;
  let templates = 0;
  for (const connection of all) {
    const match = services === null ? null : serviceTaking(connection, services);
    if (!isAskedFor(connection) || (services !== null && match === null)) continue;
    if (entries.length < limit) entries.push(connection);
    if (connection.template) templates += 1;
    else {
      total += 1;
      states.set(connection.state, (states.get(connection.state) ?? 0) + 1);
      if (groupBy !== undefined) groups.add(groupKeyOf(connection, groupBy, match));
    }
  }
  return { entries, total, templates, states: sortedStates(states), groups: groupBy === undefined ? null : groups.groups(groupBy) };
}
