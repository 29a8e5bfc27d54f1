// An address as the family's attributes carry it.
import { addressBytes, familyOf, ipv4Number } from '@weir/netlink';
import type { ByteWriter, Family } from '@weir/netlink';

/** Writes the attribute of this number. The kernel takes the four bytes of IPv4 where it gives sixteen. */
export function writeAddress(writer: ByteWriter, number: number, address: string): Family {
  const family = familyOf(address);
  if (family === 'ipv4') {
    writer.attribute(number, 4);
    writer.be32(ipv4Number(address));
  } else {
    writer.attribute(number, 16);
    writer.bytes(addressBytes(address));
  }
  return family;
}
