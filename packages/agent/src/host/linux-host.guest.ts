// Runs in the lab's machine for the host's tests: a LinuxHost on a disk of its own, told what to do from outside.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostOperation, HostReading, OperationResult } from '@weir/model';
import { pino } from 'pino';
import { openDataFolder } from '../disk/data-folder.ts';
import { LinuxHost } from './linux-host.ts';

let path: string | null = null;
let host: LinuxHost | null = null;

async function opened(): Promise<LinuxHost> {
  path ??= await mkdtemp(join(tmpdir(), 'host-'));
  host ??= await LinuxHost.open((await openDataFolder(path)).host, pino({ level: 'silent' }));
  return host;
}

export async function read(): Promise<HostReading> {
  return (await opened()).read({ marks: true });
}

export async function apply(...operations: HostOperation[]): Promise<readonly OperationResult[]> {
  return (await opened()).apply(operations, 'goOn');
}

/** As after the agent's end: what it knows of the host is on the disk alone. */
export async function restart(): Promise<void> {
  await host?.close();
  host = null;
}

/** As after an agent that ended before it had announced anything. */
export async function restartUnannounced(): Promise<void> {
  await restart();
  const file = (await openDataFolder(path ?? '')).host;
  const known = await file.read();
  if (known !== null) await file.write({ ...known, vips: known.vips.map((vip) => ({ ...vip, announced: false })) });
}

/** As another agent, on an empty disk. */
export async function forgetAll(): Promise<void> {
  await restart();
  path = null;
}

export async function onDisk(): Promise<string> {
  return path === null ? '' : readFile(join(path, 'host.json'), 'utf8').catch(() => '');
}
