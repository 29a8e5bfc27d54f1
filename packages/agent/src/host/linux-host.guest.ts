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

export async function apply(...operations: HostOperation[]): Promise<OperationResult | undefined> {
  return (await (await opened()).apply(operations, 'goOn')).at(-1);
}

/** As after the agent's end: what it knows of the host is on the disk alone. */
export async function restart(): Promise<void> {
  await host?.close();
  host = null;
}

/** As another agent, on an empty disk. */
export async function forgetAll(): Promise<void> {
  await restart();
  path = null;
}

export async function onDisk(): Promise<string> {
  return path === null ? '' : readFile(join(path, 'host.json'), 'utf8').catch(() => '');
}
