// What a director's host should have, from what it accepted: the VIPs it holds, and the settings that its methods need.
import { familyOf } from '../definition/address.ts';
import type { Family, IpAddress } from '../definition/address.ts';
import type { ClusterDefinition, ClusterDirector } from '../definition/definition.ts';
import type { Accepted } from '../effective/effective.ts';
import { vipPrefixLength } from './host.ts';
import type { HostInterface, HostReading, InterfaceName, SettingName } from './host.ts';
import { inSubnet } from './subnet.ts';

export interface WantedVip {
  readonly address: IpAddress;
  /** Null where no interface of this host is the right one. */
  readonly interface: InterfaceName | null;
  /** Who sees to it: Weir, or the operator, and then Weir only reports. */
  readonly keptBy: 'weir' | 'operator';
}

export interface WantedSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly keptBy: 'weir' | 'operator';
}

export interface WantedHost {
  readonly vips: readonly WantedVip[];
  readonly settings: readonly WantedSetting[];
}

/** Longest prefix first, as a route would be chosen; a single address, Weir's or the operator's VIP, says nothing about a network. */
function onLink(address: IpAddress, interfaces: readonly HostInterface[]): InterfaceName | null {
  let best: { readonly name: InterfaceName; readonly prefixLength: number } | null = null;
  for (const { name, loopback, addresses } of interfaces) {
    if (loopback) continue;
    for (const own of addresses) {
      if (own.byWeir || own.prefixLength === vipPrefixLength(own.address) || !inSubnet(address, own.address, own.prefixLength)) continue;
      if (best === null || own.prefixLength > best.prefixLength) best = { name, prefixLength: own.prefixLength };
    }
  }
  return best?.name ?? null;
}

/** Where clients of this VIP come in: the interface whose network it is in, else the one of the default route. */
export function interfaceFor(vip: IpAddress, { interfaces, defaultInterface }: HostReading): InterfaceName | null {
  return onLink(vip, interfaces) ?? defaultInterface[familyOf(vip)];
}

const keeper = (kept: 'operator' | undefined): 'weir' | 'operator' => kept ?? 'weir';

function wantedVips(directorId: string, { vips }: ClusterDefinition, director: ClusterDirector, reading: HostReading): WantedVip[] {
  return vips.filter(({ holder }) => holder === directorId)
    .map(({ address }) => ({ address, interface: interfaceFor(address, reading), keptBy: keeper(director.host?.vips) }));
}

/** Real servers of a family that are reached by NAT: their replies are routed by the director. */
function natTargets({ services }: ClusterDefinition, family: Family): readonly IpAddress[] {
  return services.flatMap(({ realServers }) => realServers
    .filter(({ method, rip }) => method.kind === 'nat' && familyOf(rip) === family).map(({ rip }) => rip));
}

/**
 * ip_forward=0 drops the reply at the director. With send_redirects, a real server in the client's network is told to answer directly, in
 * mid-connection; effective is `all` or the interface's own (IN_DEV_TX_REDIRECTS), so that both must be 0.
 */
function wantedSettings(definition: ClusterDefinition, director: ClusterDirector, { interfaces }: HostReading): WantedSetting[] {
  const keptBy = keeper(director.host?.settings);
  const targets = natTargets(definition, 'ipv4');
  const towards = new Set(targets.flatMap((rip) => onLink(rip, interfaces) ?? []));
  return [
    ...(targets.length === 0 ? [] : [
      { name: 'net/ipv4/ip_forward', value: '1', keptBy },
      ...['all', ...towards].map((name) => ({ name: `net/ipv4/conf/${name}/send_redirects`, value: '0', keptBy })),
    ]),
    ...(natTargets(definition, 'ipv6').length === 0 ? [] : [{ name: 'net/ipv6/conf/all/forwarding', value: '1', keptBy }]),
  ];
}

function uniqueBy<TItem>(items: readonly TItem[], keyOf: (item: TItem) => string): TItem[] {
  const found = new Map<string, TItem>();
  for (const item of items) if (!found.has(keyOf(item))) found.set(keyOf(item), item);
  return [...found.values()];
}

/** A cluster, and the name that its definition has for this director. */
export interface AcceptedHere extends Accepted {
  readonly directorId: string;
}

/** Of all clusters together: a VIP or a setting that two of them need stays while one does. The first cluster decides who keeps it. */
export function wantedHost(accepted: readonly AcceptedHere[], reading: HostReading): WantedHost {
  const own = accepted.flatMap(({ directorId, definition }) => {
    const director = definition.directors.find((candidate) => candidate.directorId === directorId);
    return director === undefined ? [] : [{ directorId, definition, director }];
  });
  return {
    vips: uniqueBy(own.flatMap(({ directorId, definition, director }) => wantedVips(directorId, definition, director, reading)), ({ address }) => address),
    settings: uniqueBy(own.flatMap(({ definition, director }) => wantedSettings(definition, director, reading)), ({ name }) => name),
  };
}
