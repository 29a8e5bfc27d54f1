// Whether an address lies in a network.
import { addressBytes, familyOf } from '../definition/address.ts';
import type { IpAddress } from '../definition/address.ts';

export function inSubnet(address: IpAddress, network: IpAddress, prefixLength: number): boolean {
  if (familyOf(address) !== familyOf(network)) return false;
  const own = addressBytes(address);
  return addressBytes(network).every((byte, index) => {
    const bits = Math.min(Math.max(prefixLength - index * 8, 0), 8);
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((own[index] ?? 0) & mask);
  });
}
