// Which schedulers and persistence engines this kernel has: modules that are loaded, built in, or there to be loaded on demand.
import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';

export interface KernelModules {
  /** `rr`, `wlc` … */
  readonly schedulers: ReadonlySet<string>;
  readonly engines: ReadonlySet<string>;
  /** `ipip`, `fou`, `ip_gre` …: all modules by name. */
  readonly all: ReadonlySet<string>;
}

export interface ModuleFiles {
  /** modules.dep and modules.builtin, one path per line. */
  readonly onDisk: readonly string[];
  /** /proc/modules, one name per line. */
  readonly loaded: string;
}

/** Modules of ip_vs that are no schedulers. */
const others: readonly string[] = ['ftp'];
const LONGEST_NAME = 64;

/** The module's name: `kernel/net/netfilter/ipvs/ip_vs_rr.ko.xz: …` is ip_vs_rr. */
function nameOf(line: string): string {
  const path = line.split(':', 1)[0] ?? '';
  return (path.split('/').at(-1) ?? '').replace(/\.ko(?:\.\w+)?$/, '').replaceAll('-', '_');
}

export function modulesIn({ onDisk, loaded }: ModuleFiles): KernelModules {
  const names = [...onDisk.flatMap((text) => text.split('\n').map(nameOf)), ...loaded.split('\n').map((line) => line.split(' ', 1)[0] ?? '')];
  const all = new Set(names.filter((name) => name !== '' && name.length <= LONGEST_NAME));
  const parts = [...all].filter((name) => name.startsWith('ip_vs_')).map((name) => name.slice('ip_vs_'.length));
  return {
    all,
    schedulers: new Set(parts.filter((part) => !part.startsWith('pe_') && !others.includes(part))),
    engines: new Set(parts.filter((part) => part.startsWith('pe_')).map((part) => part.slice('pe_'.length))),
  };
}

function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

/** What cannot be read adds nothing: a kernel without modules on disk still has those that are loaded. */
export async function readModules(folder = join('/lib/modules', release()), loaded = '/proc/modules'): Promise<KernelModules> {
  return modulesIn({
    onDisk: await Promise.all([read(join(folder, 'modules.dep')), read(join(folder, 'modules.builtin'))]), loaded: await read(loaded),
  });
}
