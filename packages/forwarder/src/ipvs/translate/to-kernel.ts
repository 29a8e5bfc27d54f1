// From Weir's words to the kernel's: virtual services to services, real servers to destinations.
import { familyOf, familyOfService } from '@weir/model';
import type { Endpoint, RealServerSettings, RuleMethod, Scheduler, ServiceAddress, ServiceSettings, Tunnel } from '@weir/model';
import { forward, protocolNumber, serviceFlag, tunnelFlag, tunnelType } from '@weir/ipvs';
import type { DestinationId, DestinationSettings, ServiceId, ServiceSettings as KernelServiceSettings } from '@weir/ipvs';

export function serviceIdOf(address: ServiceAddress): ServiceId {
  if (address.kind === 'mark') return { kind: 'mark', family: address.family, mark: address.mark };
  const { protocol, vip, port } = address;
  return { kind: 'address', family: familyOf(vip), protocol: protocolNumber[protocol], address: vip, port };
}

/** A mask as a number for IPv4, a prefix length for IPv6; every client by itself where nothing is persistent. */
function netmaskOf(address: ServiceAddress, prefixLength: number | undefined): number {
  if (familyOfService(address) === 'ipv6') return prefixLength ?? 128;
  const width = prefixLength ?? 32;
  return width === 0 ? 0 : -1 << (32 - width) >>> 0;
}

function schedulerFlags(scheduler: Scheduler): number {
  if (scheduler.name !== 'sh' && scheduler.name !== 'mh') return 0;
  return (scheduler.fallback ? serviceFlag.scheduler1 : 0) | (scheduler.port ? serviceFlag.scheduler2 : 0);
}

export function serviceSettingsOf(address: ServiceAddress, { scheduler, persistence, onePacket }: ServiceSettings): KernelServiceSettings {
  return {
    scheduler: scheduler.name,
    flags: schedulerFlags(scheduler) | (persistence === null ? 0 : serviceFlag.persistent) | (onePacket ? serviceFlag.onePacket : 0),
    timeoutSeconds: persistence?.timeoutSeconds ?? 0,
    netmask: netmaskOf(address, persistence?.prefixLength),
    engine: persistence?.engine ?? null,
  };
}

export function destinationIdOf({ rip, port }: Endpoint): DestinationId {
  return { address: rip, port };
}

const checksumFlag = { none: 0, csum: tunnelFlag.checksum, remcsum: tunnelFlag.remoteChecksum } as const;

function tunnelOf(tunnel: Tunnel): Pick<DestinationSettings, 'tunnelType' | 'tunnelPort' | 'tunnelFlags'> {
  return {
    tunnelType: tunnelType[tunnel.type],
    tunnelPort: tunnel.type === 'gue' ? tunnel.port : 0,
    tunnelFlags: tunnel.type === 'ipip' ? 0 : checksumFlag[tunnel.checksum],
  };
}

const untunnelled = { tunnelType: 0, tunnelPort: 0, tunnelFlags: 0 } as const;

const forwardOf = { nat: forward.masquerade, dr: forward.directRoute, tun: forward.tunnel } as const;

/** What the kernel can do. */
export type KernelMethod = Exclude<RuleMethod, { kind: 'proxied' }>;

export function destinationSettingsOf(method: KernelMethod, { weight, thresholds }: RealServerSettings): DestinationSettings {
  const { tunnelType: type, tunnelPort, tunnelFlags } = method.kind === 'tun' ? tunnelOf(method.tunnel) : untunnelled;
  return {
    forward: forwardOf[method.kind], weight, upperThreshold: thresholds.upper, lowerThreshold: thresholds.lower, tunnelType: type, tunnelPort, tunnelFlags,
  };
}
