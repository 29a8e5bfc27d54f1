// A line of the kernel's connection table as Weir speaks of connections.
import { canonicalAddress } from '@weir/model';
import type { Connection } from '@weir/model';
import { readConnectionLine } from '@weir/ipvs';
import type { ConnectionEntry } from '@weir/ipvs';
import { NetlinkError } from '@weir/netlink';

function entryOf(line: string): ConnectionEntry | null {
  try {
    return readConnectionLine(line);
  } catch (error) {
    if (error instanceof NetlinkError) return null;
    throw error;
  }
}

/** Null for what is no entry, and for addresses that Weir has no text for: IPv4 ones written as IPv6. */
export function connectionOf(line: string): Connection | null {
  const entry = entryOf(line);
  if (entry === null) return null;
  const { protocol, client, clientPort, virtual, destination, destinationPort, state, expiresInSeconds, origin } = entry;
  const addresses = [client, destination, ...(virtual.kind === 'address' ? [virtual.address] : [])];
  if (addresses.some((address) => canonicalAddress(address) !== address)) return null;
  return {
    protocol, cip: client, clientPort, rip: destination, realPort: destinationPort, state, origin,
    ...(virtual.kind === 'address'
      ? { vip: virtual.address, virtualPort: virtual.port, mark: null }
      : { vip: null, virtualPort: null, mark: virtual.mark === 0 ? null : virtual.mark }),
    // Whatever the method, the real server sees the client's address.
    dip: null, directorPort: null,
    expiresInMs: expiresInSeconds * 1_000,
    template: clientPort === 0,
  };
}
