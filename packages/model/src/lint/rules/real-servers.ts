// Rules about a real server: that the packet reaches it, and that its reply finds the way back.
import { IPVSADM_HIGHEST_WEIGHT } from '../../change/commands/ipvsadm.ts';
import { familyOf } from '../../definition/address.ts';
import type { IpAddress } from '../../definition/address.ts';
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';
import { vipsOf } from '../../definition/definition.ts';
import { addressOf, endpointKey, familyOfService } from '../../table/table.ts';
import { eachRealServer, mendRealServer, mendService, realServerHits, withinService, without } from '../each.ts';
import { repeats } from '../repeats.ts';
import type { Hit, Rule } from '../rule.ts';

function allVips({ vips, services }: ClusterDefinition): ReadonlySet<string> {
  return new Set([...vips.map(({ address }) => address), ...services.flatMap(({ match }) => vipsOf(match))]);
}

function crossesFamilies({ rip, method }: RealServer, { match }: VirtualService): boolean {
  return familyOf(rip) !== familyOfService(addressOf(match)) && method.kind !== 'tun' && method.kind !== 'proxied';
}

/** Real servers that are directors themselves, where another director can send to them. */
function directorsAsRealServers(definition: ClusterDefinition): Hit[] {
  const { directors } = definition;
  if (new Set(directors.map(({ directorId }) => directorId)).size < 2) return [];
  const byDip = new Map(directors.flatMap(({ directorId, dip }) => (
    [dip.ipv4, dip.ipv6].flatMap((address): [IpAddress, string][] => (address === null ? [] : [[address, directorId]])))));
  return realServerHits(definition, ['rip'], ({ rip, method }) => {
    const director = byDip.get(rip);
    return director === undefined || method.kind === 'proxied' ? null : { director, method: method.kind };
  });
}

/** Real servers that get packets by NAT from two directors: their default route leads back to one of them. */
function repliesToOneDirector(definition: ClusterDefinition): Hit[] {
  const holders = new Map(definition.vips.flatMap(({ address, holder }): [IpAddress, string][] => (holder === null ? [] : [[address, holder]])));
  const first = new Map<IpAddress, string>();
  return realServerHits(definition, ['method'], ({ rip, method }, { match }) => {
    if (method.kind !== 'nat') return null;
    for (const vip of vipsOf(match)) {
      const holder = holders.get(vip);
      const other = first.get(rip) ?? holder;
      if (holder === undefined || other === undefined) continue;
      first.set(rip, other);
      if (other !== holder) return { director: holder, otherDirector: other };
    }
    return null;
  });
}

const wayRules: readonly Rule[] = [
  {
    code: 'realServerIsVip',
    severity: 'error',
    find: (definition) => {
      const vips = allVips(definition);
      return realServerHits(definition, ['rip'], ({ rip }) => (vips.has(rip) ? { vip: rip } : null));
    },
  },
  { code: 'realServerIsDirector', severity: 'warning', find: directorsAsRealServers },
  {
    code: 'familyNeedsTunnel',
    severity: 'error',
    find: eachRealServer(['rip'], (realServer, service) => (
      crossesFamilies(realServer, service) ? { method: realServer.method.kind } : null)),
  },
  { code: 'natRepliesToOneDirector', severity: 'warning', find: repliesToOneDirector },
];

const endpointsTwice = withinService(({ realServers }) => repeats(realServers, endpointKey).map(({ index, item, first }) => (
  { path: ['realServers', index, 'rip'], params: { realServer: endpointKey(item), other: first.name } })));
const namesTwice = withinService(({ realServers }) => repeats(realServers, ({ name }) => name).map(({ index, item, first }) => (
  { path: ['realServers', index, 'name'], params: { name: item.name, realServer: endpointKey(item), other: endpointKey(first) } })));

export const realServerRules: readonly Rule[] = [
  {
    code: 'duplicateRealServer',
    severity: 'error',
    find: ({ services }) => endpointsTwice(services),
    mend: mendService((service, { path }) => ({ ...service, realServers: without(service.realServers, path[3]) })),
  },
  ...wayRules,
  {
    // Elsewhere the same name is the same host.
    code: 'realServerNameTwice',
    severity: 'warning',
    find: ({ services }) => namesTwice(services),
  },
  {
    // What `ipvsadm -S` prints could not be read again everywhere.
    code: 'weightAboveIpvsadm',
    severity: 'error',
    find: eachRealServer(['weight'], ({ weight }) => (weight > IPVSADM_HIGHEST_WEIGHT ? { weight } : null)),
  },
  {
    // ip_vs_ctl.c: lower above upper is ERANGE.
    code: 'thresholdsCrossed',
    severity: 'error',
    find: eachRealServer(['thresholds'], ({ thresholds }) => (
      thresholds.lower > thresholds.upper ? { lower: thresholds.lower, upper: thresholds.upper } : null)),
    mend: mendRealServer((realServer) => ({ ...realServer, thresholds: { ...realServer.thresholds, lower: realServer.thresholds.upper } })),
  },
];
