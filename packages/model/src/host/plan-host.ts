// The plan for a director's host: the steps that bring its VIPs and settings to what is wanted, and only the difference.
import type { IpAddress } from '../definition/address.ts';
import type { HostOperation, HostReading } from './host.ts';
import type { WantedHost } from './wanted-host.ts';

/** Settings come before the rules that need them; a VIP comes after its services and goes before them: no client meets a director without. */
export interface HostPlan {
  readonly settings: readonly HostOperation[];
  readonly added: readonly HostOperation[];
  readonly removed: readonly HostOperation[];
}

function settingSteps({ settings: wanted }: WantedHost, { settings }: HostReading): HostOperation[] {
  const needed = new Map(wanted.map((setting) => [setting.name, setting]));
  return settings.flatMap(({ name, value, before }): HostOperation[] => {
    const need = needed.get(name);
    if (need !== undefined) {
      return need.keptBy === 'weir' && need.value !== value ? [{ kind: 'setHostSetting', name, before: value, after: need.value }] : [];
    }
    return before !== null && before !== value ? [{ kind: 'setHostSetting', name, before: value, after: before }] : [];
  });
}

/**
 * Whatever the operator keeps is left alone, and so is an address that Weir did not put on, even where a VIP is to be.
 * A VIP that Weir put on another interface is taken off there first.
 */
export function planHost(wanted: WantedHost, reading: HostReading): HostPlan {
  const places = reading.interfaces.flatMap(({ name, addresses }) => addresses.map((own) => ({ ...own, interface: name })));
  const placeOf = new Map<IpAddress, (typeof places)[number]>(places.map((place) => [place.address, place]));
  const wantedAt = new Map(wanted.vips.map((vip) => [vip.address, vip]));
  const added = wanted.vips.flatMap(({ address, interface: right, keptBy }): HostOperation[] => {
    const place = placeOf.get(address);
    if (keptBy === 'operator' || right === null || (place !== undefined && (!place.byWeir || place.interface === right))) return [];
    const moved: HostOperation[] = place === undefined ? [] : [{ kind: 'removeVip', vip: address, interface: place.interface }];
    return [...moved, { kind: 'addVip', vip: address, interface: right }];
  });
  const removed = places.filter(({ address, byWeir }) => byWeir && !wantedAt.has(address))
    .map(({ address, interface: from }): HostOperation => ({ kind: 'removeVip', vip: address, interface: from }));
  return { settings: settingSteps(wanted, reading), added, removed };
}
