// Rules about addresses that a packet cannot be sent to, or not from where it comes.
import { addressScope, familyOf } from '../../definition/address.ts';
import type { AddressScope, IpAddress } from '../../definition/address.ts';
import type { ClusterDefinition, VirtualService } from '../../definition/definition.ts';
import { vipsOf } from '../../definition/definition.ts';
import { replyBypassesDirector } from '../../definition/forwarding.ts';
import { eachRealServer, eachService, withinService } from '../each.ts';
import type { Hit, Path, Rule } from '../rule.ts';

interface Place {
  readonly address: IpAddress;
  readonly path: Path;
}

function vipPlaces({ vips }: ClusterDefinition): Place[] {
  return vips.map(({ address }, index) => ({ address, path: ['vips', index, 'address'] }));
}

function dipPlaces({ directors }: ClusterDefinition): Place[] {
  return directors.flatMap(({ dip }, index) => (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const address = dip[family];
    return address === null ? [] : [{ address, path: ['directors', index, 'dip', family] }];
  }));
}

const nobody: readonly AddressScope[] = ['unspecified', 'multicast', 'broadcast'];

const isNobody = (address: IpAddress): boolean => nobody.includes(addressScope(address));

function hits(places: readonly Place[], test: (address: IpAddress) => boolean): Hit[] {
  return places.filter(({ address }) => test(address)).map(({ address, path }) => ({ path, params: { address, kind: addressScope(address) } }));
}

/** The same of real servers' addresses. */
function ripHits(test: (address: IpAddress) => boolean): (definition: ClusterDefinition) => Hit[] {
  const find = withinService(({ realServers }) => hits(realServers.map(({ rip }, r) => ({ address: rip, path: ['realServers', r, 'rip'] })), test));
  // The sentence names the address alone.
  return ({ services }) => find(services).map(({ path, params: { address = '', kind = '' } }) => ({ path, params: { address, kind } }));
}

const nobodyAsRip = ripHits(isNobody);

const isLoopback = (address: IpAddress): boolean => addressScope(address) === 'loopback';
const isLinkLocal = (address: IpAddress): boolean => addressScope(address) === 'linkLocal';

const linkLocalRips = ripHits((address) => isLinkLocal(address) && familyOf(address) === 'ipv4');

/** A VIP that packets do not leave the host for, though a real server elsewhere should get them as they are. */
function loopbackVip({ match, realServers }: VirtualService): IpAddress | undefined {
  const sendsOn = realServers.some(({ rip, method }) => method.kind !== 'proxied' && !isLoopback(rip));
  return sendsOn ? vipsOf(match).find(isLoopback) : undefined;
}

export const addressRules: readonly Rule[] = [
  {
    code: 'notUnicast',
    severity: 'error',
    find: (definition) => [...hits([...vipPlaces(definition), ...dipPlaces(definition)], isNobody), ...nobodyAsRip(definition)],
  },
  {
    code: 'linkLocal',
    severity: 'warning',
    find: (definition) => [
      ...hits(vipPlaces(definition), isLinkLocal),
      ...linkLocalRips(definition),
    ],
  },
  {
    // ip_vs_ctl.c, ip_vs_new_dest: EINVAL; a socket needs a scope id, which a real server does not have.
    code: 'linkLocalRefused',
    severity: 'error',
    find: eachRealServer(['rip'], ({ rip }) => (isLinkLocal(rip) && familyOf(rip) === 'ipv6' ? {} : null)),
  },
  {
    // ip_vs_xmit.c, crosses_local_route_boundary: what comes from a loopback address is not sent to another host.
    code: 'loopbackVip',
    severity: 'warning',
    find: eachService(['match'], (service) => {
      const vip = loopbackVip(service);
      return vip === undefined ? null : { vip };
    }),
  },
  {
    // ip_vs_xmit.c, ip_vs_nat_xmit: "stopping DNAT to loopback address".
    code: 'loopbackByNat',
    severity: 'error',
    find: eachRealServer(['rip'], ({ rip, method }) => (method.kind === 'nat' && isLoopback(rip) ? {} : null)),
  },
  {
    code: 'loopbackIsDirector',
    severity: 'warning',
    find: eachRealServer(['rip'], ({ rip, method }) => (
      replyBypassesDirector(method.kind) && isLoopback(rip) ? { method: method.kind } : null)),
  },
];
