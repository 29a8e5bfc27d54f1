// The attribute sets of the IPVS family: include/uapi/linux/ip_vs.h, policies in net/netfilter/ipvs/ip_vs_ctl.c.
import { AttributeTable, be16, binary, optional, required, s32, text, u16, u32, u64, u8 } from '@weir/netlink';
import type { Codec } from '@weir/netlink';
import { ENGINE_NAME_LENGTH, INTERFACE_NAME_LENGTH, SCHEDULER_NAME_LENGTH } from './constants.ts';

interface Flags {
  readonly flags: number;
  /** The flags that change: new = old & ~mask | flags & mask. */
  readonly mask: number;
}

/** struct ip_vs_flags */
const flags: Codec<Flags> = {
  least: 8,
  most: 8,
  write(writer, value) {
    writer.u32(value.flags);
    writer.u32(value.mask);
  },
  read: (bytes, start, end) => ({ flags: u32.read(bytes, start, start + 4), mask: u32.read(bytes, start + 4, end) }),
};

/** IPVS_STATS_ATTR_* of IPVS_*_ATTR_STATS64; the kernel's own rates, 6 to 10, are not used. */
export const stats64Table = new AttributeTable('stats64', {
  connections: required(1, u64), packetsIn: required(2, u64), packetsOut: required(3, u64), bytesIn: required(4, u64), bytesOut: required(5, u64),
});

/** IPVS_SVC_ATTR_*. Protocol, address and port are missing where there is a mark. */
export const serviceTable = new AttributeTable('service', {
  family: required(1, u16),
  /** In host order, unlike the port. */
  protocol: optional(2, u16),
  address: optional(3, binary(4, 16)),
  port: optional(4, be16),
  mark: optional(5, u32),
  scheduler: required(6, text(SCHEDULER_NAME_LENGTH)),
  flags: required(7, flags),
  timeoutSeconds: required(8, u32),
  /** IPv4: a mask in network order. IPv6: a prefix length in host order. */
  netmask: required(9, binary(4)),
  engine: optional(11, text(ENGINE_NAME_LENGTH)),
  stats64: optional(12, stats64Table),
});

/** IPVS_DEST_ATTR_* */
export const destinationTable = new AttributeTable('destination', {
  address: required(1, binary(4, 16)),
  port: required(2, be16),
  forward: required(3, u32),
  weight: required(4, s32),
  upperThreshold: required(5, u32),
  lowerThreshold: required(6, u32),
  activeConnections: optional(7, u32),
  inactiveConnections: optional(8, u32),
  persistentConnections: optional(9, u32),
  /** Absent: that of the service. */
  family: optional(11, u16),
  stats64: optional(12, stats64Table),
  tunnelType: optional(13, u8),
  tunnelPort: optional(14, be16),
  tunnelFlags: optional(15, u16),
});

/** IPVS_DAEMON_ATTR_* */
export const daemonTable = new AttributeTable('daemon', {
  state: required(1, u32),
  interfaceName: required(2, text(INTERFACE_NAME_LENGTH)),
  syncId: required(3, u32),
  longestMessageBytes: optional(4, u16),
  group: optional(5, binary(4)),
  group6: optional(6, binary(16)),
  /** In host order. */
  port: optional(7, u16),
  ttl: optional(8, u8),
});

/** IPVS_CMD_ATTR_*: what stands at the top of a message. */
export const commandTable = new AttributeTable('command', {
  service: optional(1, serviceTable),
  destination: optional(2, destinationTable),
  daemon: optional(3, daemonTable),
  tcpSeconds: optional(4, u32),
  tcpFinSeconds: optional(5, u32),
  udpSeconds: optional(6, u32),
});

/** IPVS_INFO_ATTR_* */
export const infoTable = new AttributeTable('info', { version: required(1, u32), connectionTableSize: required(2, u32) });

/** What of a service changes all the time, and its name. */
export const serviceSampleTable = new AttributeTable('command', {
  service: required(1, serviceTable.only('family', 'protocol', 'address', 'port', 'mark', 'stats64')),
});
