// Numbers of the kernel's interface: include/uapi/linux/ip_vs.h (6.1).

export const FAMILY_NAME = 'IPVS';
export const FAMILY_VERSION = 1;

/** enum ip_vs_genl: IPVS_CMD_* */
export const command = {
  newService: 1, setService: 2, delService: 3, getService: 4,
  newDest: 5, setDest: 6, delDest: 7, getDest: 8,
  newDaemon: 9, delDaemon: 10, getDaemon: 11,
  setConfig: 12, getConfig: 13, setInfo: 14, getInfo: 15, zero: 16, flush: 17,
} as const;

/** IP_VS_SVC_F_*; what 0x8 to 0x20 mean is the scheduler's matter. */
export const serviceFlag = { persistent: 0x1, hashed: 0x2, onePacket: 0x4, scheduler1: 0x8, scheduler2: 0x10, scheduler3: 0x20 } as const;

/** All but `hashed`, which is the kernel's own. */
export const SETTABLE_FLAGS = 0x3d;

/** IP_VS_CONN_F_FWD_MASK and its values. */
export const FORWARD_MASK = 0x7;
export const forward = { masquerade: 0, localNode: 1, tunnel: 2, directRoute: 3, bypass: 4 } as const;

/** IP_VS_CONN_F_TUNNEL_TYPE_* and IP_VS_TUNNEL_ENCAP_FLAG_* */
export const tunnelType = { ipip: 0, gue: 1, gre: 2 } as const;
export const tunnelFlag = { checksum: 0x1, remoteChecksum: 0x2 } as const;

/** IP_VS_STATE_* */
export const daemonState = { master: 1, backup: 2 } as const;

/** linux/in.h */
export const protocolNumber = { tcp: 6, udp: 17, sctp: 132 } as const;

/** IP_VS_SCHEDNAME_MAXLEN, IP_VS_PENAME_MAXLEN and IP_VS_IFNAME_MAXLEN are 16 with the NUL; the engine's name may fill all of it. */
export const SCHEDULER_NAME_LENGTH = 15;
export const ENGINE_NAME_LENGTH = 16;
export const INTERFACE_NAME_LENGTH = 15;

/** The name that stands for no scheduler at all. */
export const NO_SCHEDULER = 'none';
