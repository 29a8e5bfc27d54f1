// The drivers there are.
import type { DriverKind } from '@weir/model';
import { IpvsForwarder } from './ipvs/ipvs.ts';
import { descriptorLimit } from './proxy/admission/limits.ts';
import { ProxyForwarder } from './proxy/proxy.ts';
import type { ProxyTuning } from './proxy/tuning.ts';

/** What each driver can be told when it is opened. */
export interface DriverOptions {
  proxy: Partial<ProxyTuning>;
  ipvs: Readonly<Record<string, never>>;
}

export type DriverName = keyof DriverOptions & DriverKind;

/** What each driver opens. */
interface Opened {
  proxy: ProxyForwarder;
  ipvs: IpvsForwarder;
}

const drivers: { readonly [Name in DriverName]: (options: DriverOptions[Name]) => Promise<Opened[Name]> } = {
  proxy: async (options) => new ProxyForwarder(options, await descriptorLimit()),
  ipvs: () => IpvsForwarder.open(),
};

export const driverNames: readonly DriverName[] = ['ipvs', 'proxy'];

export function isDriverName(text: string): text is DriverName {
  return Object.hasOwn(drivers, text);
}

/** Rejects with a `ForwarderError` where this host or user cannot run the driver. */
export function openForwarder<Name extends DriverName>(name: Name, options: DriverOptions[Name]): Promise<Opened[Name]> {
  return drivers[name](options);
}
