// The cluster that is changed while parts are killed: two real servers, told apart by their weights.
import { type ClusterDefinition, tutorialCluster } from '@weir/model';
import type { Api } from '../weir/api.ts';
import { applyWith, create, order, ownDirector, planOf } from '../weir/clusters.ts';
import { until } from '../weir/until.ts';

export const name = 'crash';
export const vip = '127.0.8.215';
export const port = 8080;
export const weightMax = 7;

/** Of the real servers in their order. */
export type Weights = readonly number[];

export interface Site {
  readonly clusterId: string;
  readonly directorId: string;
  readonly serviceId: string;
  /** In their order. */
  readonly realServers: readonly [string, ...string[]];
}

export function weightsIn({ services }: ClusterDefinition): Weights {
  return services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight));
}

export function weighed(definition: ClusterDefinition, weights: Weights): ClusterDefinition {
  return {
    ...definition,
    services: definition.services.map((service) => ({
      ...service, realServers: service.realServers.map((realServer, index) => ({ ...realServer, weight: weights[index] ?? realServer.weight })),
    })),
  };
}

export async function makeSite(api: Api): Promise<Site> {
  // It is enrolled in the panel's first seconds.
  const directorId = await until('the launcher has enrolled its director', 30_000, () => ownDirector(api));
  const definition = tutorialCluster(directorId);
  const [service] = definition.services;
  const [first, ...others] = service?.realServers.map(({ id }) => id) ?? [];
  if (service === undefined || first === undefined) throw new Error('the tutorial has no real server');
  const clusterId = await create(api, {
    ...definition, name, vips: [{ address: vip, holder: directorId }],
    services: [{ ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port } }],
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await until('the first revision is applied', 30_000, async () => (await applyWith(api, applyId)).finishedAt !== null);
  return { clusterId, directorId, serviceId: service.id, realServers: [first, ...others] };
}
