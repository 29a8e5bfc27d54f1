// Debian's kernel package, unpacked into the user's cache once per version: the kernel image to boot and its modules.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { VmError } from '../error.ts';
import { ownFolder, removeLeftovers } from '../machine/leftovers.ts';
import { runProgram } from './program.ts';
import { extractVmlinux } from './vmlinux.ts';

export interface Kernel {
  /** As in `uname -r`: "6.1.0-56-amd64". */
  readonly release: string;
  /** The uncompressed ELF image, which QEMU starts without a BIOS (PVH). */
  readonly vmlinux: string;
  /** What it was built with, as Debian installs it in /boot. */
  readonly config: string;
  /** The folder that holds modules.dep. */
  readonly modules: string;
}

const unpackPrefix = '.unpack-';
const metaPackage = 'linux-image-amd64';
const askDeadlineMs = 30_000;
const downloadDeadlineMs = 600_000;
const unpackDeadlineMs = 120_000;

/** The newest kernel unpacked before; where there is none, the one that apt knows. */
export async function prepareKernel(cacheDir: string = path.join(homedir(), '.cache/weir/kernel')): Promise<Kernel> {
  if (process.arch !== 'x64') throw new VmError(`The virtual machine needs an x86-64 host, and this is ${process.arch}.`);
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const cached = newest((await readdir(cacheDir)).filter((name) => !name.startsWith('.')));
  if (cached !== undefined) return kernelIn(path.join(cacheDir, cached), cached);
  const packageName = await packageToFetch();
  const release = packageName.replace(/^linux-image-/, '');
  await removeLeftovers(cacheDir, unpackPrefix);
  const work = await ownFolder(cacheDir, unpackPrefix);
  try {
    await unpack(packageName, release, work);
    // Another process may have been faster; its result is as good.
    await rename(work, path.join(cacheDir, release)).catch((cause: unknown) => {
      if (!existsSync(path.join(cacheDir, release))) throw cause;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return kernelIn(path.join(cacheDir, release), release);
}

function kernelIn(folder: string, release: string): Kernel {
  return { release, vmlinux: path.join(folder, 'vmlinux'), config: path.join(folder, 'boot', `config-${release}`), modules: path.join(folder, 'lib/modules', release) };
}

function newest(releases: readonly string[]): string | undefined {
  return [...releases].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

async function packageToFetch(): Promise<string> {
  const known = await dependency().catch(() => undefined);
  if (known !== undefined) return known;
  await updateLists();
  const found = await dependency();
  if (found === undefined) throw new VmError(`apt knows no kernel that ${metaPackage} depends on: the virtual machine needs Debian's packages.`);
  return found;
}

async function dependency(): Promise<string | undefined> {
  const text = (await runProgram('apt-cache', ['depends', metaPackage], { deadlineMs: askDeadlineMs })).toString();
  return /Depends: (linux-image-[\w.+-]+)/.exec(text)?.[1];
}

async function updateLists(): Promise<void> {
  if (process.getuid?.() !== 0) throw new VmError('apt has no current package lists: run "apt-get update" as root first.');
  await runProgram('apt-get', ['update', '--quiet'], { deadlineMs: downloadDeadlineMs });
}

async function download(packageName: string, work: string): Promise<void> {
  const fetch = (): Promise<Buffer> => runProgram('apt-get', ['download', '--quiet', packageName], { cwd: work, deadlineMs: downloadDeadlineMs });
  try {
    await fetch();
  } catch {
    // Old lists name versions that are gone.
    await updateLists();
    await fetch();
  }
}

async function unpack(packageName: string, release: string, work: string): Promise<void> {
  await download(packageName, work);
  const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new VmError(`apt-get download ${packageName} left no package in ${work}.`);
  await runProgram('dpkg-deb', ['--extract', archive, '.'], { cwd: work, deadlineMs: unpackDeadlineMs });
  await rm(path.join(work, archive));
  await extractVmlinux(path.join(work, 'boot', `vmlinuz-${release}`), path.join(work, 'vmlinux'));
  await runProgram('depmod', ['--basedir', work, release], { deadlineMs: unpackDeadlineMs });
}
