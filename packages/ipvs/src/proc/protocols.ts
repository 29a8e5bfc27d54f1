// Which protocols the kernel's IPVS was built for: no command tells, and it takes services of all others without forwarding for them.
import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

export type BuiltProtocol = 'tcp' | 'udp' | 'sctp';

/** net/netfilter/ipvs/Kconfig */
const options: Readonly<Record<BuiltProtocol, string>> = { tcp: 'IP_VS_PROTO_TCP', udp: 'IP_VS_PROTO_UDP', sctp: 'IP_VS_PROTO_SCTP' };
const all: readonly BuiltProtocol[] = ['tcp', 'udp', 'sctp'];
const LONGEST_CONFIG_BYTES = 8 * 1_048_576;

/** Null where the text is no kernel's configuration with IPVS. */
export function protocolsIn(config: string): ReadonlySet<BuiltProtocol> | null {
  if (!/^CONFIG_IP_VS=[ym]$/m.test(config)) return null;
  return new Set(all.filter((protocol) => new RegExp(`^CONFIG_${options[protocol]}=y$`, 'm').test(config)));
}

async function configAt(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (!path.endsWith('.gz')) return bytes.toString('latin1');
  return (await promisify(gunzip)(bytes, { maxOutputLength: LONGEST_CONFIG_BYTES })).toString('latin1');
}

/** Of the kernel that runs. Null where it keeps its configuration to itself. */
export async function readProtocols(
  paths: readonly string[] = ['/proc/config.gz', `/boot/config-${release()}`, `/lib/modules/${release()}/config`],
): Promise<ReadonlySet<BuiltProtocol> | null> {
  for (const path of paths) {
    const found = protocolsIn(await configAt(path).catch(() => ''));
    if (found !== null) return found;
  }
  return null;
}
