// What differs on a director's host and Weir does not bring about: kept by the operator, not Weir's own, or without a place.
import type { IpAddress } from '../definition/address.ts';
import type { ClusterDefinition } from '../definition/definition.ts';
import type { Finding } from '../lint/finding.ts';
import { vipPrefixLength } from './host.ts';
import type { HostReading, InterfaceName } from './host.ts';
import type { WantedHost, WantedVip } from './wanted-host.ts';

interface Place {
  readonly address: IpAddress;
  readonly prefixLength: number;
  readonly byWeir: boolean;
  readonly interface: InterfaceName;
}

/** Each has its sentence in every language, as lint's rules do. */
export const deviationCodes = [
  'vipMissing', 'vipWithoutInterface', 'vipNotSingle', 'vipNotByWeir', 'vipNotHeldHere', 'vipContested', 'settingDiffers', 'markNotSet', 'learntRouteEnds',
] as const;

function finding(severity: Finding['severity'], code: (typeof deviationCodes)[number], params: Finding['params']): Finding {
  return { code, severity, path: [], params };
}

/** An error refuses the change: the VIP would have its services and no way in. */
function ofVip(vip: WantedVip, place: Place | undefined): Finding[] {
  const { address, interface: right, keptBy } = vip;
  if (place === undefined) {
    if (keptBy === 'operator') return [finding('warning', 'vipMissing', { vip: address, interface: right ?? 'none' })];
    return right === null ? [finding('error', 'vipWithoutInterface', { vip: address })] : [];
  }
  const single = place.prefixLength === vipPrefixLength(address);
  return [
    ...(single ? [] : [finding('warning', 'vipNotSingle', { vip: address, interface: place.interface, prefixLength: place.prefixLength })]),
    ...(keptBy === 'weir' && !place.byWeir ? [finding('warning', 'vipNotByWeir', { vip: address, interface: place.interface })] : []),
  ];
}

/** A forwarding host drops the default routes that routers told it of (net/ipv6/addrconf.c, rt6_purge_dflt_routers): refused, for it would be cut off. */
function endedRoutes({ settings: wanted }: WantedHost, { settings, learntDefault }: HostReading): Finding[] {
  const forwards = ({ name, value, keptBy }: WantedHost['settings'][number]): boolean => (
    name === 'net/ipv6/conf/all/forwarding' && keptBy === 'weir' && settings.some((now) => now.name === name && now.value !== value));
  return learntDefault !== null && wanted.some(forwards) ? [finding('error', 'learntRouteEnds', { interface: learntDefault })] : [];
}

/** Services by mark are reached through marked packets only, and Weir marks none. */
export function unsetMarks({ services }: ClusterDefinition, { marks }: HostReading): Finding[] {
  if (marks === null) return [];
  return services.flatMap(({ name, match }) => (
    match.kind === 'mark' && !marks.includes(match.mark) ? [finding('warning', 'markNotSet', { service: name, mark: match.mark })] : []));
}

/** `vips`: those that the clusters of this director name, held here or not. An address that only stands by must not be on the host. */
export function hostDeviations(wanted: WantedHost, vips: readonly IpAddress[], reading: HostReading): Finding[] {
  const placeOf = new Map<IpAddress, Place>(reading.interfaces.flatMap(({ name, addresses }) => (
    addresses.map((own): [IpAddress, Place] => [own.address, { ...own, interface: name }]))));
  const held = new Map(wanted.vips.map((vip) => [vip.address, vip]));
  const named = new Set(vips);
  const values = new Map(reading.settings.map(({ name, value }) => [name, value]));
  return [
    ...[...named].flatMap((address) => {
      const vip = held.get(address);
      const place = placeOf.get(address);
      if (vip !== undefined) return ofVip(vip, place);
      return place === undefined || place.byWeir ? [] : [finding('warning', 'vipNotHeldHere', { vip: address, interface: place.interface })];
    }),
    ...reading.contested.filter(({ vip }) => named.has(vip)).map((contested) => finding('warning', 'vipContested', contested)),
    ...endedRoutes(wanted, reading),
    ...wanted.settings.filter(({ name, value, keptBy }) => keptBy === 'operator' && values.get(name) !== value)
      .map(({ name, value }) => finding('warning', 'settingDiffers', { setting: name, value: values.get(name) ?? '?', needed: value })),
  ];
}
