// How a network is described: hosts with interfaces on bridges, their addresses, routes and sysctls.
export interface InterfaceDescription {
  /** The bridge that it is plugged into; or the uplink, by number, that becomes this interface. */
  readonly on: string | { readonly uplink: number };
  /** With prefix length: "192.168.8.10/24", "fd00::10/64". */
  readonly addresses?: readonly string[];
  /** Default: made from its position in the description, 02:00:00:00:hh:ii. */
  readonly mac?: string;
  readonly mtu?: number;
}

export interface HostDescription {
  readonly interfaces: Readonly<Record<string, InterfaceDescription>>;
  /** As `ip route add` takes them: "default via 192.168.8.10". */
  readonly routes?: readonly string[];
  /** Set before any address is added: { 'net.ipv4.conf.all.arp_ignore': 1 }. */
  readonly sysctls?: Readonly<Record<string, string | number>>;
  /** Further lines for `ip -batch`, after the addresses: "address add 192.168.8.200/32 dev lo". */
  readonly ip?: readonly string[];
}

export interface NetworkDescription {
  readonly hosts: Readonly<Record<string, HostDescription>>;
  /** Kernel modules to load first, as /sys/module names them: "ipip". */
  readonly modules?: readonly string[];
}
