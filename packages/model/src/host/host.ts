// What a director's host has beside the forwarder's rules: interfaces with their addresses, and kernel settings that forwarding needs.
import { z } from 'zod';
import { IpAddress } from '../definition/address.ts';
import { line } from '../definition/text.ts';

/** if.h: IFNAMSIZ is 16 with its NUL; a name has neither `/` nor blanks (dev_valid_name). */
export const InterfaceName = z.string().regex(/^[^\s/:\p{Cc}\p{Cf}]{1,15}$/u).refine((name) => name !== '.' && name !== '..');
export type InterfaceName = z.infer<typeof InterfaceName>;

/** A file below /proc/sys, as sysctl takes it with slashes: interface names may have dots in them. */
export const SettingName = z.string().max(128).regex(/^net(?:\/[A-Za-z0-9_.@-]+){2,6}$/).refine((name) => !/\/\.{1,2}(?:\/|$)/.test(name));
export type SettingName = z.infer<typeof SettingName>;

export const HostAddress = z.strictObject({
  address: IpAddress,
  prefixLength: z.int().min(0).max(128),
  /** Put on by Weir, which alone may take it off again. */
  byWeir: z.boolean(),
});
export type HostAddress = z.infer<typeof HostAddress>;

export const HostInterface = z.strictObject({
  name: InterfaceName,
  up: z.boolean(),
  loopback: z.boolean(),
  addresses: z.array(HostAddress).max(10_000),
});
export type HostInterface = z.infer<typeof HostInterface>;

export const HostSetting = z.strictObject({
  name: SettingName,
  value: line(64),
  /** What it was before Weir changed it; null where Weir did not. */
  before: line(64).nullable(),
});
export type HostSetting = z.infer<typeof HostSetting>;

/** A VIP that Weir put on and could not announce: somebody else on the link answers for it. */
export const ContestedVip = z.strictObject({ vip: IpAddress, interface: InterfaceName, owner: line(64) });
export type ContestedVip = z.infer<typeof ContestedVip>;

/** One reading of the host, in a fixed order: interfaces by index, settings by name. */
export const HostReading = z.strictObject({
  interfaces: z.array(HostInterface).max(4_096),
  settings: z.array(HostSetting).max(20_000),
  contested: z.array(ContestedVip).max(10_000),
  /** The firewall marks that rules of nft set; null where that cannot be told. */
  marks: z.array(z.int().min(0).max(4_294_967_295)).max(100_000).nullable(),
  /** The interface whose IPv6 default route a router's advertisement brought, and which takes none once this host forwards. */
  learntDefault: InterfaceName.nullable(),
  /** The interface of the default route of each family; null where there is none. */
  defaultInterface: z.strictObject({ ipv4: InterfaceName.nullable(), ipv6: InterfaceName.nullable() }),
});
export type HostReading = z.infer<typeof HostReading>;

/** One step of a plan on the host. What is replaced or removed is in it, so that it can be shown and undone. */
export const HostOperation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('addVip'), vip: IpAddress, interface: InterfaceName }),
  z.strictObject({ kind: z.literal('removeVip'), vip: IpAddress, interface: InterfaceName }),
  z.strictObject({ kind: z.literal('setHostSetting'), name: SettingName, before: line(64), after: line(64) }),
]);
export type HostOperation = z.infer<typeof HostOperation>;

export function isHostOperation(operation: { readonly kind: string }): operation is HostOperation {
  return operation.kind === 'addVip' || operation.kind === 'removeVip' || operation.kind === 'setHostSetting';
}

/** A VIP belongs to its host alone: every other length would claim a network. */
export function vipPrefixLength(vip: IpAddress): 32 | 128 {
  return vip.includes(':') ? 128 : 32;
}
