// The sysctls of IPVS: whatever files the kernel has in their folder, since kernels differ. Per network namespace.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { malformed, NetlinkError } from '@weir/netlink';

export const SYSCTL_FOLDER = '/proc/sys/net/ipv4/vs';

/** Far more than any kernel has. */
const MOST_FILES = 200;
const NAME = /^[a-z0-9_]{1,64}$/;

function failure(operation: string, name: string, error: unknown): NetlinkError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return new NetlinkError(operation, `sysctl ${name}`, code === null ? { reason: String(error) } : { errno: code });
}

/** By name; the value of a file that may only be written is null. */
export async function readSysctls(folder = SYSCTL_FOLDER): Promise<ReadonlyMap<string, string | null>> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw failure('list', folder, error);
  });
  if (names.length > MOST_FILES) throw malformed('sysctls', `are ${names.length}`);
  const read = async (name: string): Promise<readonly [string, string | null]> => (
    [name, await readSysctl(name, folder)]);
  return new Map(await Promise.all(names.filter((name) => NAME.test(name)).toSorted().map(read)));
}

/** Null where there is no such file: an older kernel, or a network namespace that has none of them. */
export function readSysctl(name: string, folder = SYSCTL_FOLDER): Promise<string | null> {
  return readFile(join(folder, name), 'utf8').then((text) => text.trim(), () => null);
}

/** EINVAL where the kernel refuses the value. */
export async function writeSysctl(name: string, value: string, folder = SYSCTL_FOLDER): Promise<void> {
  if (!NAME.test(name)) throw malformed('sysctl', `${JSON.stringify(name.slice(0, 64))} is no name`);
  await writeFile(join(folder, name), value, { flag: 'r+' }).catch((error: unknown) => {
    throw failure('write', name, error);
  });
}
