// The kernel settings that forwarding needs, below /proc/sys: read where they are, written only when told.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SettingName } from '@weir/model';
import type { InterfaceName } from '@weir/model';

const ROOT = '/proc/sys';
const OF_THE_HOST: readonly string[] = ['net/ipv4/ip_forward', 'net/ipv4/conf/all/send_redirects', 'net/ipv6/conf/all/forwarding'];

export interface SettingValue {
  readonly name: SettingName;
  readonly value: string;
}

export async function readSetting(name: SettingName): Promise<string> {
  return (await readFile(join(ROOT, name), 'utf8')).trim();
}

export function writeSetting(name: SettingName, value: string): Promise<void> {
  return writeFile(join(ROOT, name), `${value}\n`);
}

/** Those that this host has: one without IPv6 lacks some, and an interface may be gone by now. Sorted by name. */
export async function readSettings(interfaces: readonly InterfaceName[]): Promise<SettingValue[]> {
  const names = [...OF_THE_HOST, ...interfaces.map((name) => `net/ipv4/conf/${name}/send_redirects`)]
    .filter((name) => SettingName.safeParse(name).success).sort();
  const values = await Promise.all(names.map((name) => readSetting(name).then((value) => [{ name, value }], () => [])));
  return values.flat();
}
