// A real server's host by ifcfg files and sysctl.conf, as LVS tutorials set it up.
import { addedLines, wholeFile } from './config-file.ts';
import type { ConfigFile, PersistentConfig } from './config-file.ts';
import { tunnelDevices } from './devices.ts';
import type { RealServerNeeds } from './needs.ts';
import { moduleLines, sysctlLines } from './sysctl-lines.ts';
import { word } from './word.ts';

const folder = '/etc/sysconfig/network-scripts';

function addressLines(device: string, vip: string, name: string): string[] {
  return [`DEVICE=${device}`, `IPADDR=${word(vip)}`, 'NETMASK=255.255.255.255', `BROADCAST=${word(vip)}`, 'BOOTPROTO=none', 'ONBOOT=yes', `NAME=${name}`];
}

function ipv6Lines([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  const secondaries = others.map((vip) => `${word(vip)}/128`).join(' ');
  return ['IPV6INIT=yes', `IPV6ADDR=${word(first)}/128`, ...(secondaries === '' ? [] : [`IPV6ADDR_SECONDARIES="${secondaries}"`])];
}

/** tunl0 gets the first VIP, for ifup switches on what has an address; the others are aliases of lo. */
function vipFiles(vips: readonly string[], hasTunl0: boolean): ConfigFile[] {
  const ipv4 = vips.filter((vip) => !vip.includes(':'));
  const onTunnel = hasTunl0 ? ipv4.slice(0, 1) : [];
  const ipv6 = ipv6Lines(vips.filter((vip) => vip.includes(':')));
  return [
    ...onTunnel.map((vip) => wholeFile(`${folder}/ifcfg-tunl0`, addressLines('tunl0', vip, 'tunl0'))),
    ...ipv4.slice(onTunnel.length).map((vip, index) => wholeFile(`${folder}/ifcfg-lo:${index}`, addressLines(`lo:${index}`, vip, 'loopback'))),
    ...(ipv6.length === 0 ? [] : [addedLines(`${folder}/ifcfg-lo`, ipv6)]),
  ];
}

export function ifcfgConfig(needs: RealServerNeeds, clusterId: string): PersistentConfig {
  const { vips, guePorts, gateway, family } = needs;
  const devices = tunnelDevices(needs);
  const tunl0 = devices.filter(({ name }) => name === 'tunl0');
  const sysctls = sysctlLines(needs, tunl0);
  const modules = moduleLines(tunl0);
  return {
    files: [
      ...(sysctls.length === 0 ? [] : [addedLines('/etc/sysctl.conf', sysctls)]),
      ...(modules.length === 0 ? [] : [wholeFile(`/etc/modules-load.d/weir-${word(clusterId)}.conf`, modules)]),
      ...vipFiles(vips, tunl0.length > 0),
      ...(gateway === null ? [] : [addedLines('/etc/sysconfig/network', [`${family === 'ipv6' ? 'IPV6_DEFAULTGW' : 'GATEWAY'}=${word(gateway)}`])]),
    ],
    byScript: [...devices.filter(({ name }) => name !== 'tunl0').map(({ name }) => name), ...guePorts.map((port) => `gue ${port}`)],
  };
}
