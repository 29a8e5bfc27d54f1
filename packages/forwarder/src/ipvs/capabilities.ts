// What this kernel's IPVS can do: asked of the kernel where it tells, and said to be unsure where it does not.
import { release } from 'node:os';
import { SchedulerName } from '@weir/model';
import type { Capabilities, Family } from '@weir/model';
import { namedService, readModules, readProtocols, readSysctl } from '@weir/ipvs';
import type { BuiltProtocol, IpvsClient, KernelModules } from '@weir/ipvs';
import { NetlinkError } from '@weir/netlink';

/** ip_vs_est.c: the estimator's period, in which what a dump reports is renewed. */
const COUNTERS_REFRESH_MS = 2_000;

/**
 * Linux 5.3 is the first with GRE (6f7b841bc939) and with GUE's checksums (29930e314da3). An older one takes such a tunnel and makes plain
 * IPIP of it, unless its distributor brought them in; nothing but a real server with a tunnel would tell.
 */
const FIRST_WITH_TUNNELS = [5, 3] as const;

export interface KernelFacts extends Pick<KernelModules, 'schedulers' | 'engines'> {
  readonly families: readonly Family[];
  /** That it was built for; null where nobody could tell. */
  readonly protocols: ReadonlySet<BuiltProtocol> | null;
  /** As in `uname -r`. */
  readonly release: string;
  readonly removal: Capabilities['removal'];
}

function hasTunnels(name: string): boolean {
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})/.exec(name) ?? [];
  const [firstMajor, firstMinor] = FIRST_WITH_TUNNELS;
  return Number(major) > firstMajor || (Number(major) === firstMajor && Number(minor) >= firstMinor);
}

export function capabilitiesOf({ schedulers, engines, families, protocols, release: name, removal }: KernelFacts): Capabilities {
  const tunnels = hasTunnels(name);
  return {
    driver: 'ipvs',
    families: [...families],
    protocols: protocols === null ? ['tcp', 'udp'] : [...protocols],
    marks: true,
    schedulers: SchedulerName.options.filter((scheduler) => schedulers.has(scheduler)),
    persistence: true,
    persistenceEngines: engines.has('sip') ? ['sip'] : [],
    onePacket: true,
    methods: ['nat', 'dr', 'tun'],
    tunnels: tunnels ? ['ipip', 'gue', 'gre'] : ['ipip'],
    thresholds: true,
    unsure: [...(protocols === null ? ['sctp' as const] : []), ...(tunnels ? [] : ['gue' as const, 'gre' as const])],
    removal,
    outlivesAgent: true,
    countersRefreshMs: COUNTERS_REFRESH_MS,
    byteKind: 'ipBytes',
  };
}

/** A mark that nobody has: the kernel refuses the family before it looks for the service. */
function hasFamily(client: IpvsClient, family: Family): boolean {
  try {
    client.service(namedService({ kind: 'mark', family, mark: 0xffff_ffff }));
    return true;
  } catch (error) {
    if (error instanceof NetlinkError && error.errno === 'ESRCH') return true;
    if (error instanceof NetlinkError && error.errno === 'EAFNOSUPPORT') return false;
    throw error;
  }
}

/** Entries of a removed real server are dropped at their next packet, which then meets the director's own stack; or they stay, and so does silence. */
export async function readRemoval(): Promise<Capabilities['removal']> {
  const value = await readSysctl('expire_nodest_conn');
  return value === null || value === '0' ? 'stall' : 'reset';
}

/** Throws EPERM where the agent may not use IPVS: reading needs the right too. */
export async function askCapabilities(client: IpvsClient): Promise<Capabilities> {
  const families: readonly Family[] = (['ipv4', 'ipv6'] as const).filter((family) => hasFamily(client, family));
  const [modules, protocols, removal] = await Promise.all([readModules(), readProtocols(), readRemoval()]);
  return capabilitiesOf({ ...modules, families, protocols, release: release(), removal });
}
