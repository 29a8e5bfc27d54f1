// Connections counted together, within a bound: the largest groups, and how much is in all others.
import { formatEndpoint, familyOf } from '../definition/address.ts';
import type { IpAddress } from '../definition/address.ts';
import type { ServiceMatch } from '../definition/definition.ts';
import { networkText } from '../definition/network.ts';
import { addressOf, serviceKey } from '../table/table.ts';
import { CONNECTION_GROUPS_MAX } from './connection.ts';
import type { Connection, ConnectionGrouping, ConnectionGroups } from './connection.ts';

/** Of groups that are told apart while they are counted: some 10 MB. */
const GROUPS_COUNTED_MAX = 50_000;

/** The network of a client's address by which clients are taken together. */
export function clientNetwork(address: IpAddress): string {
  return networkText(address, familyOf(address) === 'ipv4' ? 24 : 64);
}

/** `match` is that of the service it belongs to, where services were asked for. */
export function groupKeyOf(connection: Connection, by: ConnectionGrouping, match: ServiceMatch | null): string {
  const { protocol, cip, rip, realPort, state, vip, virtualPort, mark } = connection;
  switch (by) {
    case 'client': return cip;
    case 'network': return clientNetwork(cip);
    case 'realServer': return formatEndpoint(rip, realPort);
    case 'state': return state;
    case 'protocol': return protocol;
    case 'service':
      if (match !== null) return serviceKey(addressOf(match));
      return vip === null ? `fwm ${familyOf(cip)} ${mark}` : `${protocol} ${formatEndpoint(vip, virtualPort ?? 0)}`;
  }
}

export class GroupCounts {
  readonly #counts = new Map<string, number>();
  #beyond = 0;

  add(key: string): void {
    const before = this.#counts.get(key);
    if (before === undefined && this.#counts.size >= GROUPS_COUNTED_MAX) this.#beyond += 1;
    else this.#counts.set(key, (before ?? 0) + 1);
  }

  groups(by: ConnectionGrouping): ConnectionGroups {
    return largestGroups(by, [...this.#counts].map(([key, count]) => ({ key, count })), this.#beyond);
  }
}

/** `beyond`: connections of groups that were not told apart. */
export function largestGroups(by: ConnectionGrouping, counts: readonly { readonly key: string; readonly count: number }[], beyond: number): ConnectionGroups {
  const sorted = counts.toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  const rest = sorted.slice(CONNECTION_GROUPS_MAX);
  return {
    by, groups: sorted.slice(0, CONNECTION_GROUPS_MAX),
    rest: { groups: beyond > 0 ? null : rest.length, connections: rest.reduce((sum, { count }) => sum + count, beyond) },
  };
}
