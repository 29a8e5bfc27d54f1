// Which driver forwards: the one that was asked for, else the one that this agent has had, else the kernel's where it can be used.
import { ForwarderError, openForwarder } from '@weir/forwarder';
import type { DriverName, Forwarder } from '@weir/forwarder';
import type { Logger } from 'pino';
import type { DataFolder } from '../disk/data-folder.ts';

type Files = Pick<DataFolder, 'accepted' | 'driver'>;

/** What is accepted was made for one driver; another one may refuse all of it. Agents that did not write it down had the proxy. */
async function driverSoFar({ accepted, driver }: Files): Promise<DriverName | null> {
  const known = await driver.read();
  if (known !== null) return known.driver;
  return (await accepted.read())?.clusters.length ? 'proxy' : null;
}

/** Null where it cannot be used, for a reason that a person may remove: that is no choice, and not kept. */
async function openKernel(log: Logger): Promise<Forwarder | null> {
  try {
    return await openForwarder('ipvs', {});
  } catch (error) {
    if (!(error instanceof ForwarderError)) throw error;
    log.info({ reason: error.message }, 'the kernel\'s IPVS cannot be used here, so the agent forwards as a proxy; --driver chooses');
    return null;
  }
}

async function kept(driver: DriverName, forwarder: Forwarder, files: Files): Promise<Forwarder> {
  try {
    await files.driver.write({ format: 1, driver });
    return forwarder;
  } catch (error) {
    await forwarder.close();
    throw error;
  }
}

/** `asked`: null where nobody did. Rejects where the driver cannot be opened, and never opens another one in its place once one was chosen. */
export async function openChosen(asked: DriverName | null, files: Files, log: Logger): Promise<Forwarder> {
  const chosen = asked ?? await driverSoFar(files);
  if (chosen !== null) return kept(chosen, await openForwarder(chosen, {}), files);
  const kernel = await openKernel(log);
  return kernel === null ? openForwarder('proxy', {}) : kept('ipvs', kernel, files);
}
