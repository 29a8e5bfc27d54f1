// From the kernel's words to Weir's, and which rules of the kernel Weir has no words for.
import { canonicalAddress, familyOf, SchedulerName } from '@weir/model';
import type {
  BeyondWords, Endpoint, Persistence, Protocol, RealServerSettings, RuleMethod, Scheduler, ServiceAddress, ServiceSettings,
} from '@weir/model';
import { forward, protocolNumber, serviceFlag, tunnelFlag, tunnelType } from '@weir/ipvs';
import type { DestinationId, DestinationSettings, Service, ServiceId, ServiceSettings as KernelServiceSettings } from '@weir/ipvs';

/** What cannot be said, and why; told from what can by its `beyond`. */
export interface Beyond {
  readonly beyond: BeyondWords;
}

export function isBeyond(said: object): said is Beyond {
  return 'beyond' in said;
}

const protocols = new Map<number, Protocol>([[protocolNumber.tcp, 'tcp'], [protocolNumber.udp, 'udp'], [protocolNumber.sctp, 'sctp']]);
const schedulerBits = serviceFlag.scheduler1 | serviceFlag.scheduler2 | serviceFlag.scheduler3;
const LONGEST_TIMEOUT_SECONDS = 2_678_400;
const INT_MAX = 2_147_483_647;

/** Four bytes have one text only; of IPv6 Weir has no words for addresses that stand for IPv4. */
function isCanonical(address: string): boolean {
  return familyOf(address) === 'ipv4' || canonicalAddress(address) === address;
}

export function addressOfService(id: ServiceId): ServiceAddress | Beyond {
  if (id.kind === 'mark') return { kind: 'mark', family: id.family, mark: id.mark };
  const protocol = protocols.get(id.protocol);
  if (protocol === undefined) return { beyond: 'protocol' };
  return isCanonical(id.address) ? { kind: 'address', protocol, vip: id.address, port: id.port } : { beyond: 'address' };
}

function schedulerOf({ scheduler, flags }: KernelServiceSettings): Scheduler | Beyond {
  const name = SchedulerName.safeParse(scheduler).data;
  const bits = flags & schedulerBits;
  if (name === undefined) return { beyond: 'scheduler' };
  if (name === 'sh' || name === 'mh') {
    if ((bits & serviceFlag.scheduler3) !== 0) return { beyond: 'schedulerFlags' };
    return { name, fallback: (bits & serviceFlag.scheduler1) !== 0, port: (bits & serviceFlag.scheduler2) !== 0 };
  }
  return bits === 0 ? { name } : { beyond: 'schedulerFlags' };
}

/** Null for a mask with holes, and for one of no bits. */
function prefixLengthOf(id: ServiceId, netmask: number): number | null {
  if (id.family === 'ipv6') return netmask >= 1 && netmask <= 128 ? netmask : null;
  const zeros = 32 - Math.clz32(~netmask);
  return zeros < 32 && (netmask >>> 0) === (-1 << zeros >>> 0) ? 32 - zeros : null;
}

function persistenceOf({ id, settings }: Pick<Service, 'id' | 'settings'>): { persistence: Persistence | null } | Beyond {
  const { flags, timeoutSeconds, netmask, engine } = settings;
  if ((flags & serviceFlag.persistent) === 0) return engine === null ? { persistence: null } : { beyond: 'engine' };
  const prefixLength = prefixLengthOf(id, netmask);
  if (prefixLength === null) return { beyond: 'netmask' };
  if (timeoutSeconds < 1 || timeoutSeconds > LONGEST_TIMEOUT_SECONDS) return { beyond: 'timeout' };
  return engine === null || engine === 'sip' ? { persistence: { timeoutSeconds, prefixLength, engine } } : { beyond: 'engine' };
}

export function settingsOfService(service: Pick<Service, 'id' | 'settings'>): ServiceSettings | Beyond {
  const scheduler = schedulerOf(service.settings);
  if (isBeyond(scheduler)) return scheduler;
  const persistence = persistenceOf(service);
  if (isBeyond(persistence)) return persistence;
  return { scheduler, ...persistence, onePacket: (service.settings.flags & serviceFlag.onePacket) !== 0 };
}

export function endpointOfDestination({ address, port }: DestinationId): Endpoint | Beyond {
  return isCanonical(address) ? { rip: address, port } : { beyond: 'address' };
}

function tunnelMethod({ tunnelType: type, tunnelPort, tunnelFlags }: DestinationSettings): RuleMethod | Beyond {
  if (type === tunnelType.ipip) return { kind: 'tun', tunnel: { type: 'ipip' } };
  const checksum = tunnelFlags === 0 ? 'none' : tunnelFlags === tunnelFlag.checksum ? 'csum' : null;
  if (type === tunnelType.gre && checksum !== null) return { kind: 'tun', tunnel: { type: 'gre', checksum } };
  const remote = tunnelFlags === tunnelFlag.remoteChecksum ? 'remcsum' : checksum;
  if (type === tunnelType.gue && remote !== null && tunnelPort > 0) return { kind: 'tun', tunnel: { type: 'gue', port: tunnelPort, checksum: remote } };
  return { beyond: 'tunnel' };
}

function methodOf(settings: DestinationSettings): RuleMethod | Beyond {
  switch (settings.forward) {
    case forward.masquerade: return { kind: 'nat' };
    case forward.directRoute: return { kind: 'dr' };
    case forward.tunnel: return tunnelMethod(settings);
    default: return { beyond: 'method' };
  }
}

export function settingsOfDestination(settings: DestinationSettings): RealServerSettings | Beyond {
  const method = methodOf(settings);
  if (isBeyond(method)) return method;
  const { weight, upperThreshold: upper, lowerThreshold: lower } = settings;
  if (weight < 0) return { beyond: 'weight' };
  return upper > INT_MAX || lower > INT_MAX ? { beyond: 'thresholds' } : { method, weight, thresholds: { upper, lower } };
}
