// What of an operation the kernel cannot do, or takes without doing it: known before the kernel is asked.
import { endpointKey, familyOf, familyOfService, replyBypassesDirector } from '@weir/model';
import type { Capabilities, Operation, Persistence, RealServerRule, ServiceAddress, ServiceSettings } from '@weir/model';

/** Also what nobody could tell: what is read back tells. */
function may(one: string, known: readonly string[], { unsure }: Capabilities): boolean {
  return known.includes(one) || unsure.some((other) => other === one);
}

function beyondAddress(service: ServiceAddress, can: Capabilities): string | null {
  const family = familyOfService(service);
  if (!can.families.includes(family)) return `this kernel's IPVS does not do ${family}`;
  return service.kind === 'mark' || may(service.protocol, can.protocols, can) ? null : `this kernel's IPVS was built without ${service.protocol}`;
}

function beyondPersistence(service: ServiceAddress, { prefixLength, engine }: Persistence, can: Capabilities): string | null {
  if (engine !== null && !can.persistenceEngines.includes(engine)) return `this kernel has no persistence engine ${engine} (module ip_vs_pe_${engine})`;
  return familyOfService(service) === 'ipv4' && prefixLength > 32 ? `a netmask of ${prefixLength} bits is longer than an IPv4 address` : null;
}

function beyondSettings(service: ServiceAddress, { scheduler, persistence, onePacket }: ServiceSettings, can: Capabilities): string | null {
  if (!can.schedulers.includes(scheduler.name)) return `this kernel has no scheduler ${scheduler.name} (module ip_vs_${scheduler.name})`;
  if (persistence !== null) return beyondPersistence(service, persistence, can) ?? beyondOnePacket(service, onePacket);
  if (service.kind === 'address' && service.port === 0) return 'a service on every port (port 0) must be persistent: the kernel takes it, and then refuses its clients';
  return beyondOnePacket(service, onePacket);
}

/** The kernel takes the flag for every protocol, and ignores it for all but UDP. */
function beyondOnePacket(service: ServiceAddress, onePacket: boolean): string | null {
  return onePacket && service.kind === 'address' && service.protocol !== 'udp' ? 'one-packet scheduling is for UDP' : null;
}

function beyondRealServer(service: ServiceAddress, { endpoint, settings }: RealServerRule, can: Capabilities): string | null {
  const { method, thresholds } = settings;
  if (method.kind === 'proxied') return 'the kernel forwards by nat, dr or tun; it is no proxy';
  if (method.kind === 'tun' && !may(method.tunnel.type, can.tunnels, can)) return `this kernel's IPVS has no tunnels by ${method.tunnel.type}`;
  if (familyOf(endpoint.rip) !== familyOfService(service) && method.kind !== 'tun') return `${endpointKey(endpoint)} is of the other family; only tun leads there`;
  if (service.kind === 'address' && replyBypassesDirector(method.kind) && endpoint.port !== service.port) {
    return `${method.kind} leaves the packet's port as it is: the real server's port must be the service's, ${service.port}`;
  }
  return thresholds.lower > thresholds.upper ? `the lower threshold ${thresholds.lower} is above the upper ${thresholds.upper}` : null;
}

/** In words, or null where the kernel is asked. */
export function beyondKernel(operation: Operation, can: Capabilities): string | null {
  const { service } = operation;
  switch (operation.kind) {
    case 'addService': return beyondAddress(service, can) ?? beyondSettings(service, operation.settings, can);
    case 'setService': return beyondSettings(service, operation.after, can);
    case 'addRealServer': return beyondRealServer(service, operation.realServer, can);
    case 'setRealServer': return beyondRealServer(service, { endpoint: operation.endpoint, settings: operation.after }, can);
    case 'removeService':
    case 'removeRealServer': return null;
  }
}
