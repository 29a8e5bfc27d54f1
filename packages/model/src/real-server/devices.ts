// Which network interfaces of a real server unwrap what the director sends.
import type { Family } from '../definition/address.ts';
import type { RealServerNeeds, TunnelNeed } from './needs.ts';

/** Linux' kinds of tunnel interfaces. */
export type DeviceKind = 'ipip' | 'sit' | 'ip6tnl' | 'gre' | 'ip6gre';

export interface TunnelDevice {
  /** Loading the module makes one of the kernel's own (`own` false); the others are made by name. */
  readonly name: string;
  readonly own: boolean;
  readonly kind: DeviceKind;
  readonly module: string;
  /** IPv4 comes out of it, so that rp_filter looks at it. */
  readonly carriesIpv4: boolean;
  /** What ip6tnl calls its mode; null for the others. */
  readonly mode: 'ipip6' | 'ip6ip6' | null;
  readonly checksum: boolean;
}

type Pair = `${Family} in ${Family}`;

const kernelDevices: Record<Exclude<Pair, 'ipv4 in ipv6'>, Pick<TunnelDevice, 'name' | 'kind' | 'module' | 'mode'>> = {
  'ipv4 in ipv4': { name: 'tunl0', kind: 'ipip', module: 'ipip', mode: null },
  'ipv6 in ipv4': { name: 'sit0', kind: 'sit', module: 'sit', mode: null },
  'ipv6 in ipv6': { name: 'ip6tnl0', kind: 'ip6tnl', module: 'ip6_tunnel', mode: 'ip6ip6' },
};

function ipDevice(inner: Family, outer: Family): TunnelDevice {
  const rest = { carriesIpv4: inner === 'ipv4', checksum: false };
  const pair: Pair = `${inner} in ${outer}`;
  // ip6tnl0 takes only IPv6 inside.
  if (pair === 'ipv4 in ipv6') return { name: 'weir4in6', own: true, kind: 'ip6tnl', module: 'ip6_tunnel', mode: 'ipip6', ...rest };
  return { ...kernelDevices[pair], own: false, ...rest };
}

function greDevice({ families, checksum }: TunnelNeed, outer: Family): TunnelDevice {
  const rest = { own: true, carriesIpv4: families.includes('ipv4'), mode: null, checksum };
  return outer === 'ipv4'
    ? { name: 'weirgre', kind: 'gre', module: 'ip_gre', ...rest }
    : { name: 'weirgre6', kind: 'ip6gre', module: 'ip6_gre', ...rest };
}

export function tunnelDevices({ tunnels, family }: Pick<RealServerNeeds, 'tunnels' | 'family'>): TunnelDevice[] {
  return tunnels.flatMap((need) => (need.type === 'gre' ? [greDevice(need, family)] : need.families.map((inner) => ipDevice(inner, family))));
}
