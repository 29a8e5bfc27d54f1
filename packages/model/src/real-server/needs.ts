// What a real server's host needs, so that it can answer for every service of a cluster that sends to it. Pure.
import { familyOf } from '../definition/address.ts';
import type { Family, IpAddress } from '../definition/address.ts';
import { vipsOf } from '../definition/definition.ts';
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import { likelyPlace } from '../walk/target.ts';

/** One real server of one service on this host. */
export interface HostedRealServer {
  readonly service: VirtualService;
  readonly realServer: RealServer;
}

/** What has to unwrap: an outer header of the RIP's family is given. */
export interface TunnelNeed {
  readonly type: 'ip' | 'gre';
  /** Of what is inside; GRE takes both. */
  readonly families: readonly Family[];
  /** GRE: an interface takes packets with a checksum or packets without one. */
  readonly checksum: boolean;
}

/** Why something cannot be set up by what is defined. */
export type NeedGap = 'noHolder' | 'noDip' | 'severalGateways' | 'mixedGreChecksums';

export interface RealServerNeeds {
  readonly rip: IpAddress;
  readonly family: Family;
  /** The names that the services give it. */
  readonly names: readonly string[];
  readonly hosted: readonly HostedRealServer[];
  /** Of DR and TUN: the host has to have them itself. */
  readonly vips: readonly IpAddress[];
  readonly tunnels: readonly TunnelNeed[];
  readonly guePorts: readonly number[];
  /** NAT: the DIP that every answer has to pass. */
  readonly gateway: IpAddress | null;
  readonly gaps: readonly NeedGap[];
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** A real server on a director needs nothing: it has the VIP already. */
function isElsewhere({ directors }: ClusterDefinition, rip: IpAddress): boolean {
  return directors.every(({ dip }) => likelyPlace(rip, dip) !== 'onDirector') && likelyPlace(rip, { ipv4: null, ipv6: null }) !== 'onDirector';
}

/** Every address that real servers of a cluster have, in the order of its services. */
export function realServerHosts({ services }: ClusterDefinition): IpAddress[] {
  return unique(services.flatMap(({ realServers }) => realServers.map(({ rip }) => rip)));
}

/** The DIPs of the directors that hold the VIPs of these services. */
function gatewayOf(definition: ClusterDefinition, byNat: readonly HostedRealServer[], family: Family): { gateway: IpAddress | null; gap: NeedGap | null } {
  const vips = unique(byNat.flatMap(({ service }) => vipsOf(service.match)));
  const holders = unique(vips.map((vip) => definition.vips.find(({ address }) => address === vip)?.holder ?? null));
  if (holders.includes(null)) return { gateway: null, gap: 'noHolder' };
  const dips = unique(holders.map((holder) => definition.directors.find(({ directorId }) => directorId === holder)?.dip[family] ?? null));
  const [dip = null] = dips;
  if (dips.length > 1) return { gateway: null, gap: 'severalGateways' };
  return { gateway: dip, gap: dip === null ? 'noDip' : null };
}

function tunnelsOf(hosted: readonly HostedRealServer[]): TunnelNeed[] {
  const tunnelled = hosted.flatMap(({ service, realServer: { method } }) => (
    method.kind === 'tun' ? [{ tunnel: method.tunnel, families: vipsOf(service.match).map(familyOf) }] : []));
  const plain = unique(tunnelled.filter(({ tunnel }) => tunnel.type !== 'gre').flatMap(({ families }) => families)).toSorted();
  const gre = tunnelled.filter(({ tunnel }) => tunnel.type === 'gre');
  const greFamilies = unique(gre.flatMap(({ families }) => families)).toSorted();
  const checksums = unique(gre.map(({ tunnel }) => tunnel.type === 'gre' && tunnel.checksum === 'csum'));
  return [
    ...(plain.length === 0 ? [] : [{ type: 'ip' as const, families: plain, checksum: false }]),
    // One interface each; with both kinds of packets there is a gap, and the first kind is set up.
    ...checksums.slice(0, 1).map((checksum) => ({ type: 'gre' as const, families: greFamilies, checksum })),
  ];
}

function hasMixedGreChecksums(hosted: readonly HostedRealServer[]): boolean {
  const checksums = hosted.flatMap(({ realServer: { method } }) => (method.kind === 'tun' && method.tunnel.type === 'gre' ? [method.tunnel.checksum] : []));
  return new Set(checksums).size > 1;
}

export function realServerNeeds(definition: ClusterDefinition, rip: IpAddress): RealServerNeeds {
  const family = familyOf(rip);
  const hosted = definition.services.flatMap((service) => (
    service.realServers.filter((realServer) => realServer.rip === rip).map((realServer) => ({ service, realServer }))));
  const concerned = isElsewhere(definition, rip) ? hosted : [];
  const by = (...kinds: readonly string[]): HostedRealServer[] => concerned.filter(({ realServer }) => kinds.includes(realServer.method.kind));
  const { gateway, gap } = by('nat').length === 0 ? { gateway: null, gap: null } : gatewayOf(definition, by('nat'), family);
  return {
    rip, family, hosted, gateway,
    names: unique(hosted.map(({ realServer }) => realServer.name)),
    vips: unique(by('dr', 'tun').flatMap(({ service }) => vipsOf(service.match))),
    tunnels: tunnelsOf(by('tun')),
    guePorts: unique(by('tun').flatMap(({ realServer: { method } }) => (method.kind === 'tun' && method.tunnel.type === 'gue' ? [method.tunnel.port] : []))),
    gaps: [...(gap === null ? [] : [gap]), ...(hasMixedGreChecksums(by('tun')) ? ['mixedGreChecksums' as const] : [])],
  };
}

/** Proxied real servers, and those on a director, are reached like any client reaches them. */
export function needsNothing({ vips, gateway, gaps }: RealServerNeeds): boolean {
  return vips.length === 0 && gateway === null && gaps.length === 0;
}
