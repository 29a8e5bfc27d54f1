// What a step on the host is in the words of iproute2 and sysctl: the command that does the same.
import type { IpAddress } from '../definition/address.ts';
import type { HostOperation } from './host.ts';
import { vipPrefixLength } from './host.ts';

/** Ready for a shell. Interface names may hold what a shell reads: they are quoted. */
export function hostCommand(operation: HostOperation): string {
  if (operation.kind === 'setHostSetting') return `sysctl -w ${quoted(`${operation.name}=${operation.after}`)}`;
  const verb = operation.kind === 'addVip' ? 'add' : 'del';
  return `ip address ${verb} ${operation.vip}/${vipPrefixLength(operation.vip)} dev ${quoted(operation.interface)}`;
}

/** Takes a VIP off whichever interface has it as Weir puts it on. */
export function removeVipAnywhereCommand(vip: IpAddress): string {
  const address = `${vip}/${vipPrefixLength(vip)}`;
  return `ip -o address show to ${address} | awk '{ print $2 }' | xargs -r -n 1 ip address del ${address} dev`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
