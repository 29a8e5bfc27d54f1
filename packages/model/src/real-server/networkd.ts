// A real server's host by systemd-networkd, sysctl.d and modules-load.d.
import { addedLines, wholeFile } from './config-file.ts';
import type { ConfigFile, PersistentConfig } from './config-file.ts';
import { tunnelDevices } from './devices.ts';
import type { TunnelDevice } from './devices.ts';
import type { RealServerNeeds } from './needs.ts';
import { moduleLines, sysctlLines } from './sysctl-lines.ts';
import { word } from './word.ts';

const folder = '/etc/systemd/network';

/** A .netdev has no words for checksums, and wants both ends of tunnels over IPv6. */
function canMake({ own, kind, checksum }: TunnelDevice): boolean {
  return !own || (kind === 'gre' && !checksum);
}

/** The VIPs of each cluster are a file of their own beside that of lo, of which networkd takes only one. */
function loFiles({ vips, rip }: RealServerNeeds, clusterId: string): ConfigFile[] {
  if (vips.length === 0) return [];
  const addresses = vips.map((vip) => `Address=${word(vip)}/${vip.includes(':') ? 128 : 32}`);
  return [
    wholeFile(`${folder}/10-weir-lo.network`, ['[Match]', 'Name=lo']),
    wholeFile(`${folder}/10-weir-lo.network.d/${word(clusterId)}-${word(rip)}.conf`, ['[Network]', ...addresses]),
  ];
}

function deviceFiles({ name, own, kind }: TunnelDevice, rip: string): ConfigFile[] {
  const device = word(name);
  const network = wholeFile(`${folder}/10-weir-${device}.network`, [
    '[Match]', `Name=${device}`, '', '[Link]', 'ActivationPolicy=always-up', 'RequiredForOnline=no', '', '[Network]', 'LinkLocalAddressing=no',
  ]);
  if (!own) return [network];
  const netdev = ['[NetDev]', `Name=${device}`, `Kind=${kind}`, '', '[Tunnel]', 'Independent=yes', `Local=${word(rip)}`];
  return [wholeFile(`${folder}/10-weir-${device}.netdev`, netdev), network];
}

export function networkdConfig(needs: RealServerNeeds, clusterId: string): PersistentConfig {
  const { rip, guePorts, gateway } = needs;
  const devices = tunnelDevices(needs);
  const made = devices.filter(canMake);
  const sysctls = sysctlLines(needs, made);
  const modules = moduleLines(made);
  const name = `weir-${word(clusterId)}`;
  return {
    files: [
      // First, so that no VIP is there without them.
      ...(sysctls.length === 0 ? [] : [wholeFile(`/etc/sysctl.d/90-${name}.conf`, sysctls)]),
      ...(modules.length === 0 ? [] : [wholeFile(`/etc/modules-load.d/${name}.conf`, modules)]),
      ...made.flatMap((device) => deviceFiles(device, rip)),
      ...loFiles(needs, clusterId),
      ...(gateway === null ? [] : [addedLines(null, ['[Network]', `Gateway=${word(gateway)}`])]),
    ],
    // networkd 252 says that it made a GUE port, and there is none.
    byScript: [...devices.filter((device) => !canMake(device)).map(({ name: device }) => device), ...guePorts.map((port) => `gue ${port}`)],
  };
}
