// What this kernel's IPVS can do: asked of the kernel, not assumed.
import { SchedulerName } from '@weir/model';
import type { Capabilities, Family } from '@weir/model';
import { namedService, readModules } from '@weir/ipvs';
import type { IpvsClient, KernelModules } from '@weir/ipvs';
import { NetlinkError } from '@weir/netlink';

/** ip_vs_est.c: the estimator's period, in which what a dump reports is renewed. */
const COUNTERS_REFRESH_MS = 2_000;

export function capabilitiesOf({ schedulers, engines }: Pick<KernelModules, 'schedulers' | 'engines'>, families: readonly Family[]): Capabilities {
  return {
    driver: 'ipvs',
    families: [...families],
    protocols: ['tcp', 'udp', 'sctp'],
    marks: true,
    schedulers: SchedulerName.options.filter((name) => schedulers.has(name)),
    persistence: true,
    persistenceEngines: engines.has('sip') ? ['sip'] : [],
    onePacket: true,
    methods: ['nat', 'dr', 'tun'],
    tunnels: ['ipip', 'gue', 'gre'],
    thresholds: true,
    removal: 'stall',
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

/** Throws EPERM where the agent may not use IPVS: reading needs the right too. */
export async function askCapabilities(client: IpvsClient): Promise<Capabilities> {
  const families: readonly Family[] = (['ipv4', 'ipv6'] as const).filter((family) => hasFamily(client, family));
  return capabilitiesOf(await readModules(), families);
}
