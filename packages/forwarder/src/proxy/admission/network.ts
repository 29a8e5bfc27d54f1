// The networks by which clients are taken together.
import { addressBytes } from '@weir/model';
import type { IpAddress } from '@weir/model';

/** Equal exactly for addresses of one family whose first bits are equal (ip_vs_core.c, ip_vs_sched_persist: `snet`). */
export function networkOf(address: IpAddress, prefixLength: number): string {
  const bytes = addressBytes(address);
  const masked = bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, prefixLength - at * 8))));
  return Buffer.from(masked).toString('latin1');
}
