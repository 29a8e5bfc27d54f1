// Rules about a real server within its virtual service.
import { familyOf } from '../definition/address.ts';
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import { vipsOf } from '../definition/definition.ts';
import { replyBypassesDirector } from '../definition/forwarding.ts';
import { IPVSADM_HIGHEST_WEIGHT } from '../change/ipvsadm.ts';
import { addressOf, endpointKey, familyOfService } from '../table/table.ts';
import { repeats } from './repeats.ts';
import type { Hit, Params, Rule } from './rule.ts';

type Test = (realServer: RealServer, service: VirtualService) => Params | null;

const nameOf = (realServer: RealServer): string => endpointKey(realServer);

function hits({ services }: ClusterDefinition, field: string, test: Test): Hit[] {
  return services.flatMap((service, s) => service.realServers.flatMap((realServer, r) => {
    const params = test(realServer, service);
    if (params === null) return [];
    return [{
      path: ['services', s, 'realServers', r, field],
      params: { service: service.name, realServer: nameOf(realServer), ...params },
    }];
  }));
}

function eachRealServer(field: string, test: Test): Rule['find'] {
  return (definition): Hit[] => hits(definition, field, test);
}

function allVips({ vips, services }: ClusterDefinition): ReadonlySet<string> {
  return new Set([...vips.map(({ address }) => address), ...services.flatMap(({ match }) => vipsOf(match))]);
}

function crossesFamilies({ rip, method }: RealServer, { match }: VirtualService): boolean {
  return familyOf(rip) !== familyOfService(addressOf(match)) && method.kind !== 'tun' && method.kind !== 'proxied';
}

export const realServerRules: readonly Rule[] = [
  {
    code: 'duplicateRealServer',
    severity: 'error',
    find: ({ services }) => services.flatMap((service, s) => repeats(service.realServers, nameOf).map(({ index, item, first }) => ({
      path: ['services', s, 'realServers', index, 'rip'],
      params: { service: service.name, realServer: nameOf(item), other: first.name },
    }))),
  },
  {
    code: 'realServerIsVip',
    severity: 'error',
    find: (definition) => {
      const vips = allVips(definition);
      return hits(definition, 'rip', ({ rip }) => (vips.has(rip) ? { vip: rip } : null));
    },
  },
  {
    code: 'familyNeedsTunnel',
    severity: 'error',
    find: eachRealServer('rip', (realServer, service) => (
      crossesFamilies(realServer, service) ? { method: realServer.method.kind } : null)),
  },
  {
    // The kernel lists such a port, and sends the packet to the service's port all the same.
    code: 'portNotTranslated',
    severity: 'error',
    find: eachRealServer('port', ({ method, port }, { match }) => (
      match.kind === 'address' && match.port !== 0 && replyBypassesDirector(method.kind) && port !== match.port
        ? { method: method.kind, port, servicePort: match.port } : null)),
  },
  {
    code: 'portZeroNeedsMarkOrPortZero',
    severity: 'error',
    find: eachRealServer('port', ({ port }, { match }) => (
      port === 0 && match.kind === 'address' && match.port !== 0 ? { servicePort: match.port } : null)),
  },
  {
    code: 'proxiedNeedsPort',
    severity: 'error',
    find: eachRealServer('port', ({ method, port }, { match }) => (
      method.kind === 'proxied' && (match.kind === 'mark' || match.port === 0 || port === 0) ? {} : null)),
  },
  {
    // What `ipvsadm -S` prints could not be read again everywhere.
    code: 'weightAboveIpvsadm',
    severity: 'error',
    find: eachRealServer('weight', ({ weight }) => (weight > IPVSADM_HIGHEST_WEIGHT ? { weight } : null)),
  },
  {
    // ip_vs_ctl.c: lower above upper is ERANGE.
    code: 'thresholdsCrossed',
    severity: 'error',
    find: eachRealServer('thresholds', ({ thresholds }) => (
      thresholds.lower > thresholds.upper ? { lower: thresholds.lower, upper: thresholds.upper } : null)),
  },
];
