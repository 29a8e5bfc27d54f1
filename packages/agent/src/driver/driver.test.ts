import { ProxyForwarder } from '@weir/forwarder';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openDataFolder } from '../disk/data-folder.ts';
import type { DataFolder } from '../disk/data-folder.ts';
import { openChosen } from './driver.ts';
import { temporaryFolder } from '../testing/bench.ts';
import { cluster } from '../testing/cluster.ts';

const log = pino({ enabled: false });

async function files(): Promise<DataFolder> {
  return openDataFolder(await temporaryFolder());
}

it('opens the driver that was asked for, and goes on with it', async () => {
  const folder = await files();
  await (await openChosen('proxy', folder, log)).close();
  expect(await folder.driver.read()).toEqual({ format: 1, driver: 'proxy' });
  const again = await openChosen(null, folder, log);
  expect(again).toBeInstanceOf(ProxyForwarder);
  await again.close();
});

it('takes what was accepted before drivers were written down for the proxy\'s', async () => {
  const folder = await files();
  const held = { clusterId: 'web', revision: 1, directorId: 'lb-1', digest: '0'.repeat(64), acceptedAtMs: 0, definition: cluster({}) };
  await folder.accepted.write({ format: 1, clusters: [held] });
  const forwarder = await openChosen(null, folder, log);
  expect(forwarder.capabilities.driver).toBe('proxy');
  await forwarder.close();
});
