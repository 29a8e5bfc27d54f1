// The settings of IPVS that Weir has words for, and what a kernel begins with (Documentation/networking/ipvs-sysctl.rst, ip_vs_ctl.c).

/** Null: the kernel computes it from its memory or processors. */
const defaults = {
  am_droprate: '10',
  amemthresh: '1024',
  backup_only: '0',
  cache_bypass: '0',
  conn_reuse_mode: '1',
  conntrack: '0',
  drop_entry: '0',
  drop_packet: '0',
  est_cpulist: null,
  est_nice: '0',
  expire_nodest_conn: '0',
  expire_quiescent_template: '0',
  ignore_tunneled: '0',
  lblc_expiration: '86400',
  lblcr_expiration: '86400',
  nat_icmp_send: '0',
  pmtu_disc: '1',
  run_estimation: '1',
  schedule_icmp: '0',
  secure_tcp: '0',
  sloppy_sctp: '0',
  sloppy_tcp: '0',
  snat_reroute: '1',
  sync_persist_mode: '0',
  sync_ports: '1',
  sync_qlen_max: null,
  sync_refresh_period: '0',
  sync_retries: '0',
  sync_sock_size: '0',
  sync_threshold: '3 50',
  sync_version: '1',
} as const satisfies Readonly<Record<string, string | null>>;

export type KnownSetting = keyof typeof defaults;

export const knownSettings = Object.keys(defaults).filter(isKnownSetting);

/** Newer kernels have others, which are shown without words. */
export function isKnownSetting(name: string): name is KnownSetting {
  return Object.hasOwn(defaults, name);
}

export function defaultOf(name: KnownSetting): string | null {
  return defaults[name];
}

/** update_defense_level: the kernel itself goes from 1 to 2 while memory is short, and back. */
const automatic: readonly string[] = ['drop_entry', 'drop_packet', 'secure_tcp'] satisfies KnownSetting[];

/** Whether the kernel defends itself now: it was told to do so by itself, and memory is short. */
export function isDefending(name: string, value: string | null): boolean {
  return automatic.includes(name) && value === '2';
}

/** Whether two values were set alike: what the kernel changes by itself is no difference. */
export function sameSetting(name: string, a: string | null, b: string | null): boolean {
  const told = (value: string | null): string | null => (isDefending(name, value) ? '1' : value);
  return told(a) === told(b);
}
