// Interfaces with their addresses as Weir speaks of them, and which of the addresses Weir put on.
import { InterfaceName } from '@weir/model';
import type { HostInterface, IpAddress } from '@weir/model';
import type { InterfaceAddress, Link } from '@weir/netlink';

/** if_addr.h: IFA_PROTO, who put an address there. The kernel's own are 1 to 3; this one is L for Linux Virtual Server. */
export const WEIR = 0x4c;

export type HasVip = (address: IpAddress, on: InterfaceName) => boolean;

/**
 * The kernel's word counts, since an address that Weir put on may have been replaced by somebody's own. Before 5.18 it keeps none, of
 * the loopback address neither: there the ledger's word does. Interfaces are left out whose names Weir has no text for.
 */
export function interfacesOf(links: readonly Link[], addresses: readonly InterfaceAddress[], inLedger: HasVip): HostInterface[] {
  const isKept = addresses.some(({ protocol }) => protocol !== null);
  return links.filter(({ name }) => InterfaceName.safeParse(name).success).map(({ index, name, up, loopback }) => ({
    name, up, loopback,
    addresses: addresses.filter(({ interfaceIndex }) => interfaceIndex === index).map(({ address, prefixLength, protocol }) => (
      { address, prefixLength, byWeir: isKept ? protocol === WEIR : inLedger(address, name) })),
  }));
}
