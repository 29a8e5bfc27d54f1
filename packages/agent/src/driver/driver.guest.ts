// Runs in the lab's machine for the driver's tests: chooses a driver as root or, once it has been told to, without any right.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriverName } from '@weir/forwarder';
import { pino } from 'pino';
import { openDataFolder } from '../disk/data-folder.ts';
import { openChosen } from './driver.ts';

const NOBODY = 65_534;

/** For good. */
export function dropRights(): void {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

/** What was opened, and what the log says of it. Rejects with why not. */
export async function choose(asked: DriverName | null): Promise<{ readonly driver: string; readonly said: string }> {
  let said = '';
  const log = pino({}, { write: (line) => { said += line; } });
  const forwarder = await openChosen(asked, await openDataFolder(await mkdtemp(join(tmpdir(), 'driver-'))), log);
  await forwarder.close();
  return { driver: forwarder.capabilities.driver, said };
}
