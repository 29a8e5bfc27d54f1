// Rules about the port at which a packet arrives.
// Only NAT and the proxy write ports, and even NAT leaves them for a persistent mark and a persistent port 0 (ip_vs_core.c, ip_vs_sched_persist).
import type { RealServer, VirtualService } from '../../definition/definition.ts';
import { replyBypassesDirector } from '../../definition/forwarding.ts';
import { eachRealServer, mendRealServer } from '../each.ts';
import type { Mend, Rule } from '../rule.ts';

/** Whether packets of a service that takes several ports keep theirs, though the real server names one. */
export function keepsPort({ port, method }: Pick<RealServer, 'port' | 'method'>, { match, persistence }: Pick<VirtualService, 'match' | 'persistence'>): boolean {
  if (port === 0 || method.kind === 'proxied') return false;
  if (match.kind === 'address') return match.port === 0;
  return persistence !== null || replyBypassesDirector(method.kind);
}

/** The ports that packets of a service can have; null for every port. */
function portsOf({ match }: VirtualService): ReadonlySet<number> | null {
  return match.kind === 'mark' && match.ports.length > 0 ? new Set(match.ports) : null;
}

const keepPort = mendRealServer((realServer) => ({ ...realServer, port: 0 }));

const takeServicePort: Mend = mendRealServer((realServer, { match }) => (
  match.kind === 'address' ? { ...realServer, port: match.port } : realServer));

export const portRules: readonly Rule[] = [
  {
    // The kernel lists such a port, and sends the packet to the service's port all the same.
    code: 'portNotTranslated',
    severity: 'error',
    find: eachRealServer(['port'], ({ method, port }, { match }) => (
      match.kind === 'address' && match.port !== 0 && port !== 0 && replyBypassesDirector(method.kind) && port !== match.port
        ? { method: method.kind, port, servicePort: match.port } : null)),
    mend: takeServicePort,
  },
  {
    code: 'portNeverReached',
    severity: 'error',
    find: eachRealServer(['port'], (realServer, service) => {
      const ports = portsOf(service);
      return keepsPort(realServer, service) && ports !== null && !ports.has(realServer.port)
        ? { method: realServer.method.kind, port: realServer.port, ports: [...ports].join(', ') } : null;
    }),
    mend: keepPort,
  },
  {
    code: 'portOfSomePackets',
    severity: 'warning',
    find: eachRealServer(['port'], (realServer, service) => {
      const ports = portsOf(service);
      return keepsPort(realServer, service) && (ports === null || (ports.size > 1 && ports.has(realServer.port)))
        ? { method: realServer.method.kind, port: realServer.port } : null;
    }),
    mend: keepPort,
  },
  {
    code: 'portZeroNeedsMarkOrPortZero',
    severity: 'error',
    find: eachRealServer(['port'], ({ port, method }, { match }) => (
      port === 0 && method.kind !== 'proxied' && match.kind === 'address' && match.port !== 0 ? { servicePort: match.port } : null)),
    mend: takeServicePort,
  },
  {
    code: 'proxiedNeedsPort',
    severity: 'error',
    find: eachRealServer(['port'], ({ method, port }, { match }) => (
      method.kind === 'proxied' && (match.kind === 'mark' || match.port === 0 || port === 0) ? {} : null)),
  },
];
