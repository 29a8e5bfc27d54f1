// The network of the LVS tutorials: client .100, director .10 with the VIP .200, real servers .20 and .30, and a second client behind the director.
import type { HostDescription, NetworkDescription } from '../network/description.ts';

/** IPv4 in 192.168.8.0/24 and IPv6 in fd00:8::/64, with the same last number. */
export const tutorial = {
  vip: '192.168.8.200',
  client: '192.168.8.100',
  director: '192.168.8.10',
  standby: '192.168.8.11',
  realServers: ['192.168.8.20', '192.168.8.30'],
  /** On the director's other side, 192.168.9.0/24: NAT needs a client whose answers pass the director. */
  outside: { director: '192.168.9.10', client: '192.168.9.100' },
} as const;

export function ipv6Of(address: string): string {
  const [, , net = '', host = ''] = address.split('.');
  return `fd00:${net}::${host}`;
}

export interface TutorialOptions {
  /** What the real servers are made ready for; left out: nothing but their addresses. */
  readonly realServersFor?: 'DR' | 'TUN' | 'NAT';
  /** Default true: the director has the VIP on eth0 and forwards packets without redirects. */
  readonly directorReady?: boolean;
  /** A second director that could take over; it has its own address only. */
  readonly standby?: boolean;
  /** The director's interface mgmt0 becomes this uplink of the machine. */
  readonly directorUplink?: { readonly index: number; readonly address: string };
}

/** Hosts: client, director, rs1, rs2, outside; and standby where it is wished for. */
export function tutorialNetwork(options: TutorialOptions = {}): NetworkDescription {
  const { standby = false, realServersFor } = options;
  const [first, second] = tutorial.realServers;
  return {
    hosts: {
      client: { interfaces: { eth0: inside(tutorial.client) } },
      director: director(options),
      rs1: realServer(first, realServersFor),
      rs2: realServer(second, realServersFor),
      outside: {
        interfaces: { eth0: on('outside', tutorial.outside.client) },
        routes: [`default via ${tutorial.outside.director}`, `default via ${ipv6Of(tutorial.outside.director)}`],
      },
      ...(standby && { standby: { interfaces: { eth0: inside(tutorial.standby) } } }),
    },
    modules: ['ip_vs', ...(realServersFor === 'TUN' ? ['ipip', 'ip6_tunnel'] : [])],
  };
}

function on(bridge: string, address: string): HostDescription['interfaces'][string] {
  return { on: bridge, addresses: [`${address}/24`, `${ipv6Of(address)}/64`] };
}

function inside(address: string): HostDescription['interfaces'][string] {
  return on('inside', address);
}

const noRedirects = { 'net.ipv4.conf.all.send_redirects': 0, 'net.ipv4.conf.eth0.send_redirects': 0 };

function director({ directorReady = true, directorUplink }: TutorialOptions): HostDescription {
  const uplink = directorUplink && { mgmt0: { on: { uplink: directorUplink.index }, addresses: [`${directorUplink.address}/24`] } };
  return {
    interfaces: { eth0: inside(tutorial.director), eth1: on('outside', tutorial.outside.director), ...uplink },
    ...(directorReady && {
      sysctls: { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1, ...noRedirects },
      ip: [`address add ${tutorial.vip}/32 dev eth0`, `address add ${ipv6Of(tutorial.vip)}/128 dev eth0 nodad`],
    }),
  };
}

/** A server may be bound to the VIP before the real server has it. */
const bindAhead = { 'net.ipv4.ip_nonlocal_bind': 1, 'net.ipv6.ip_nonlocal_bind': 1 };
const quietArp = { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 };

function realServer(address: string, method: TutorialOptions['realServersFor']): HostDescription {
  const plain = { interfaces: { eth0: inside(address) }, sysctls: bindAhead };
  const vipOn = (ipv4Device: string, ipv6Device: string): string[] => [
    `address add ${tutorial.vip}/32 dev ${ipv4Device}`,
    `address add ${ipv6Of(tutorial.vip)}/128 dev ${ipv6Device} nodad`,
  ];
  if (method === 'DR') return { ...plain, sysctls: { ...bindAhead, ...quietArp }, ip: vipOn('lo', 'lo') };
  if (method === 'TUN') {
    const loose = { 'net.ipv4.conf.all.rp_filter': 0, 'net.ipv4.conf.tunl0.rp_filter': 0 };
    return { ...plain, sysctls: { ...bindAhead, ...quietArp, ...loose }, ip: ['link set tunl0 up', 'link set ip6tnl0 up', ...vipOn('tunl0', 'ip6tnl0')] };
  }
  return method === 'NAT' ? { ...plain, routes: [`default via ${tutorial.director}`, `default via ${ipv6Of(tutorial.director)}`] } : plain;
}
