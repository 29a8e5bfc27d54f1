// Which driver forwards: the one that was asked for, else the one that this agent has had, else the kernel's where it can be used.
import { ForwarderError, openForwarder } from '@weir/forwarder';
import type { DriverName, Forwarder } from '@weir/forwarder';
import type { Logger } from 'pino';
import type { DataFolder } from './disk/data-folder.ts';

type Files = Pick<DataFolder, 'accepted' | 'driver'>;

/** What is accepted was made for one driver; another one may refuse all of it. Agents that did not write it down had the proxy. */
async function driverSoFar({ accepted, driver }: Files): Promise<DriverName | null> {
  const known = await driver.read();
  if (known !== null) return known.driver;
  return (await accepted.read())?.clusters.length ? 'proxy' : null;
}

async function openFirst(log: Logger): Promise<readonly [DriverName, Forwarder]> {
  try {
    return ['ipvs', await openForwarder('ipvs', {})];
  } catch (error) {
    if (!(error instanceof ForwarderError)) throw error;
    log.info({ reason: error.message }, 'the kernel\'s IPVS cannot be used here, so the agent forwards as a proxy; --driver chooses');
    return ['proxy', await openForwarder('proxy', {})];
  }
}

/** `asked`: null where nobody did. Rejects where the driver cannot be opened, and never opens another one in its place once one was chosen. */
export async function openChosen(asked: DriverName | null, files: Files, log: Logger): Promise<Forwarder> {
  const chosen = asked ?? await driverSoFar(files);
  const [driver, forwarder] = chosen === null ? await openFirst(log) : [chosen, await openForwarder(chosen, {})] as const;
  try {
    await files.driver.write({ format: 1, driver });
  } catch (error) {
    await forwarder.close();
    throw error;
  }
  return forwarder;
}
