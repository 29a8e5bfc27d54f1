// A small cluster whose real servers are checked each second, made and applied without a browser.
import { expect } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import type { Api } from './api.ts';
import { applyWith, create, order, ownDirector, planOf } from './clusters.ts';

export interface CheckedCluster {
  readonly name: string;
  readonly vip: string;
  readonly port: number;
  /** Names of the real servers by their addresses. */
  readonly realServers: Readonly<Record<string, string>>;
}

/** Gives the cluster's id once its director has it. */
export async function applyChecked(api: Api, { name, vip, port, realServers }: CheckedCluster): Promise<string> {
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  const [service] = definition.services;
  const [realServer] = service?.realServers ?? [];
  if (service === undefined || realServer === undefined) throw new Error('the tutorial has no real server');
  const clusterId = await create(api, {
    ...definition, name, vips: [{ address: vip, holder: director }],
    services: [{
      ...service, name: 'web', scheduler: { name: 'rr' }, match: { kind: 'address', protocol: 'tcp', vip, port },
      realServers: Object.entries(realServers).map(([rip, called], index) => ({ ...realServer, id: `rs${index}`, name: called, rip, port, weight: 1 })),
      health: {
        checks: [{ id: 'answers', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 1_000, changingIntervalMs: null, timeoutMs: 1_000, rise: 1, fall: 1 }],
        first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
      },
    }],
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await expect.poll(async () => (await applyWith(api, applyId)).finishedAt, { timeout: 30_000 }).not.toBeNull();
  return clusterId;
}
