// Groups of connections by columns of the kernel's table, as Weir speaks of them.
import { formatEndpoint, largestGroups } from '@weir/model';
import type { ConnectionGrouping, ConnectionGroups } from '@weir/model';
import { addressOfHex, portOfHex } from '@weir/ipvs';
import type { FoundGroups } from './table-reader.ts';

/** What was counted as one of the services that were asked for has that one's key already. */
function serviceText(key: string): string {
  const [, protocol, address, port] = /^([A-Z]\w*) ([0-9A-Fa-f:]+) ([0-9A-F]{4})$/.exec(key) ?? [];
  return protocol === undefined || address === undefined || port === undefined ? key : `${protocol.toLowerCase()} ${formatEndpoint(addressOfHex(address), portOfHex(port))}`;
}

function textOf(by: ConnectionGrouping, key: string): string {
  switch (by) {
    case 'client': return addressOfHex(key);
    case 'network': return key.includes(':') ? `${addressOfHex(`${key}${':0000'.repeat(4)}`)}/64` : `${addressOfHex(`${key}00`)}/24`;
    case 'service': return serviceText(key);
    case 'realServer': {
      const [address = '', port = ''] = key.split(' ');
      return formatEndpoint(addressOfHex(address), portOfHex(port));
    }
    case 'state': return key;
    case 'protocol': return key.toLowerCase();
  }
}

export function groupsOf(by: ConnectionGrouping, { largest, rest }: FoundGroups): ConnectionGroups {
  const { groups } = largestGroups(by, largest.map(([key, count]) => ({ key: textOf(by, key), count })), 0);
  return { by, groups, rest };
}
