// What the proxy can do, and what of an operation it cannot.
import { endpointKey, familyOf, familyOfService, formatEndpoint } from '@weir/model';
import type { Capabilities, Operation, Persistence, RealServerRule, ServiceAddress, ServiceSettings } from '@weir/model';
import { isProxyScheduler, proxySchedulerNames } from './scheduling/scheduling.ts';

export const proxyCapabilities: Capabilities = {
  driver: 'proxy',
  families: ['ipv4', 'ipv6'],
  protocols: ['tcp', 'udp'],
  marks: false,
  schedulers: [...proxySchedulerNames],
  persistence: true,
  persistenceEngines: [],
  onePacket: true,
  methods: ['proxied'],
  tunnels: [],
  thresholds: true,
  unsure: [],
  removal: 'reset',
  outlivesAgent: false,
  countersRefreshMs: 0,
  byteKind: 'payloadBytes',
};

function beyondAddress(address: ServiceAddress): string | null {
  if (address.kind === 'mark') return 'a user-space proxy cannot see firewall marks';
  if (!proxyCapabilities.protocols.includes(address.protocol)) return `the proxy does not forward ${address.protocol}`;
  if (address.port === 0) return 'the proxy cannot listen on every port (port 0)';
  if (address.vip === '0.0.0.0' || address.vip === '::') return `${address.vip} is every address of the host, not a VIP`;
  return null;
}

function beyondPersistence(service: ServiceAddress, { prefixLength, engine }: Persistence): string | null {
  if (engine !== null) return `the proxy has no persistence engine ${engine}`;
  const family = familyOfService(service);
  return family === 'ipv4' && prefixLength > 32 ? `a netmask of ${prefixLength} bits is longer than an IPv4 address` : null;
}

function beyondSettings(service: ServiceAddress, { scheduler, persistence, onePacket }: ServiceSettings): string | null {
  if (!isProxyScheduler(scheduler.name)) return `the proxy has no scheduler ${scheduler.name}`;
  const beyond = persistence === null ? null : beyondPersistence(service, persistence);
  // The kernel takes the flag for TCP and ignores it; a proxy that shows it would be believed.
  const isUdp = service.kind === 'address' && service.protocol === 'udp';
  return beyond ?? (onePacket && !isUdp ? 'one-packet scheduling is for UDP' : null);
}

function beyondRealServer(service: ServiceAddress, { endpoint, settings }: RealServerRule): string | null {
  const { method, thresholds } = settings;
  const key = endpointKey(endpoint);
  if (method.kind !== 'proxied') return `the proxy does not forward by ${method.kind}`;
  if (endpoint.port === 0) return `real server ${key} needs a port`;
  if (service.kind === 'address' && key === formatEndpoint(service.vip, service.port)) return `${key} would be connected to itself`;
  if (method.source !== null && familyOf(method.source) !== familyOf(endpoint.rip)) {
    return `${method.source} cannot connect to ${key}: not the same family`;
  }
  if (thresholds.upper > 0 && thresholds.lower > thresholds.upper) {
    return `the lower threshold ${thresholds.lower} is above the upper ${thresholds.upper}`;
  }
  return null;
}

/** Gives what the proxy cannot do of an operation, in words, or null where it can do all. */
export function beyondProxy(operation: Operation): string | null {
  switch (operation.kind) {
    case 'addService': return beyondAddress(operation.service) ?? beyondSettings(operation.service, operation.settings);
    case 'setService': return beyondSettings(operation.service, operation.after);
    case 'addRealServer': return beyondRealServer(operation.service, operation.realServer);
    case 'setRealServer':
      return beyondRealServer(operation.service, { endpoint: operation.endpoint, settings: operation.after });
    case 'removeService':
    case 'removeRealServer': return null;
  }
}
