// The network of the LVS tutorials: client .100, director .10 with the VIP .200, real servers .20 and .30, and a second client behind the director.
import type { HostDescription, NetworkDescription } from '../network/description.ts';
import type { Uplink } from '../machine/qemu.ts';

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
  readonly realServersFor?: 'DR' | 'TUN' | 'NAT' | 'all';
  /** What the real servers unpack beside ipip, where they are ready for TUN: gue on port 6080, gre. */
  readonly tunnels?: readonly ('gue' | 'gre')[];
  /** Default true: the director has the VIP on eth0 and forwards packets without redirects. */
  readonly directorReady?: boolean;
  /** A second director that could take over; it has its own address only. */
  readonly standby?: boolean;
  /** Uplinks of the machine (`vm.uplinks`), in order: the first becomes mgmt0 of the director, the second of the standby. */
  readonly uplinks?: readonly Uplink[];
}

/** Hosts: client, director, rs1, rs2, outside; and standby where it is wished for. */
export function tutorialNetwork(options: TutorialOptions = {}): NetworkDescription {
  const { standby = false } = options;
  const [first, second] = tutorial.realServers;
  return {
    hosts: {
      client: { interfaces: { eth0: inside(tutorial.client) } },
      director: director(options),
      rs1: realServer(first, options),
      rs2: realServer(second, options),
      outside: {
        interfaces: { eth0: on('outside', tutorial.outside.client) },
        routes: [`default via ${tutorial.outside.director}`, `default via ${ipv6Of(tutorial.outside.director)}`],
      },
      ...(standby && { standby: { interfaces: { eth0: inside(tutorial.standby), ...management(options, 1) } } }),
    },
    modules: ['ip_vs', ...(isReadyFor('TUN', options) ? ['ipip', 'ip6_tunnel', ...tunnelModules(options)] : [])],
  };
}

function isReadyFor(method: 'DR' | 'TUN' | 'NAT', { realServersFor }: TutorialOptions): boolean {
  return realServersFor === method || realServersFor === 'all';
}

function tunnelModules({ tunnels = [] }: TutorialOptions): string[] {
  return tunnels.flatMap((tunnel) => (tunnel === 'gue' ? ['fou', 'fou6'] : ['ip_gre', 'ip6_gre']));
}

function on(bridge: string, address: string): HostDescription['interfaces'][string] {
  return { on: bridge, addresses: [`${address}/24`, `${ipv6Of(address)}/64`] };
}

function inside(address: string): HostDescription['interfaces'][string] {
  return on('inside', address);
}

/** Otherwise the kernel says only once a second that a service has no real server, and the client tries again and again. */
const everyRefusal = { 'net.ipv4.icmp_ratelimit': 0, 'net.ipv6.icmp.ratelimit': 0 };
const noRedirects = { 'net.ipv4.conf.all.send_redirects': 0, 'net.ipv4.conf.eth0.send_redirects': 0 };

function management({ uplinks = [] }: TutorialOptions, index: number): HostDescription['interfaces'] {
  const uplink = uplinks[index];
  return uplink === undefined ? {} : { mgmt0: { on: { uplink: index }, addresses: [uplink.address] } };
}

function director(options: TutorialOptions): HostDescription {
  return {
    interfaces: { eth0: inside(tutorial.director), eth1: on('outside', tutorial.outside.director), ...management(options, 0) },
    sysctls: { ...everyRefusal, ...((options.directorReady ?? true) && { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1, ...noRedirects }) },
    ...((options.directorReady ?? true) && {
      // As the agent adds it: an IPv6 VIP that is preferred becomes the source of the director's tunnels.
      ip: [`address add ${tutorial.vip}/32 dev eth0`, `address add ${ipv6Of(tutorial.vip)}/128 dev eth0 nodad preferred_lft 0`],
    }),
  };
}

/** A server may be bound to the VIP before the real server has it. */
const bindAhead = { 'net.ipv4.ip_nonlocal_bind': 1, 'net.ipv6.ip_nonlocal_bind': 1 };
const quietArp = { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 };

const looseReversePath = { 'net.ipv4.conf.all.rp_filter': 0, 'net.ipv4.conf.tunl0.rp_filter': 0 };

function realServer(address: string, options: TutorialOptions): HostDescription {
  const [dr, tun, nat] = [isReadyFor('DR', options), isReadyFor('TUN', options), isReadyFor('NAT', options)];
  const vipOn = (ipv4Device: string, ipv6Device: string): string[] => [
    `address add ${tutorial.vip}/32 dev ${ipv4Device}`,
    `address add ${ipv6Of(tutorial.vip)}/128 dev ${ipv6Device} nodad`,
  ];
  const vip = dr ? vipOn('lo', 'lo') : tun ? vipOn('tunl0', 'ip6tnl0') : [];
  return {
    interfaces: { eth0: inside(address) },
    sysctls: { ...bindAhead, ...((dr || tun) && quietArp), ...(tun && looseReversePath) },
    ip: [...(tun ? tunnelEnds(address, options) : []), ...vip],
    routes: nat ? [`default via ${tutorial.director}`, `default via ${ipv6Of(tutorial.director)}`] : [],
  };
}

function tunnelEnds(address: string, { tunnels = [] }: TutorialOptions): string[] {
  const ends = {
    gue: ['fou add port 6080 gue', 'fou add port 6080 gue -6'],
    gre: [`link add gre1 type gre local ${address}`, 'link set gre1 up', `link add gre2 type ip6gre local ${ipv6Of(address)}`, 'link set gre2 up'],
  };
  return ['link set tunl0 up', 'link set ip6tnl0 up', ...tunnels.flatMap((tunnel) => ends[tunnel])];
}
