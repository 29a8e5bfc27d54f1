// The sysctls of a real server as sysctl.d and sysctl.conf write them, and the kernel modules.
import type { TunnelDevice } from './devices.ts';
import type { RealServerNeeds } from './needs.ts';
import { word } from './word.ts';

/** The larger of all and the interface counts: 2 on the tunnel's interface is loose whatever all says. */
export function sysctlLines({ vips }: Pick<RealServerNeeds, 'vips'>, devices: readonly TunnelDevice[]): string[] {
  return [
    ...(vips.some((vip) => !vip.includes(':')) ? ['net.ipv4.conf.all.arp_ignore = 1', 'net.ipv4.conf.all.arp_announce = 2'] : []),
    ...devices.filter(({ carriesIpv4 }) => carriesIpv4).map(({ name }) => `net.ipv4.conf.${word(name)}.rp_filter = 2`),
  ];
}

export function moduleLines(devices: readonly TunnelDevice[]): string[] {
  return [...new Set(devices.map(({ module }) => word(module)))];
}
