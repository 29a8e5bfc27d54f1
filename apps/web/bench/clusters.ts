// What the benchmark's Weir forwards: clusters of services with real servers that answer, and connections through all of them.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { DEFINITION_SCHEMA } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import { clusterTopic, serviceTopic } from '../src/live/topic.ts';
import type { Topic } from '../src/live/topic.ts';
import type { Api } from './people.ts';
import { until } from './weir.ts';

const clusterCount = 4;
const serviceCount = 5;
const realServerCount = 20;
const port = 8080;

export const realServersInAll = clusterCount * serviceCount * realServerCount;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const vipOf = (cluster: number, service: number): string => `127.20.${cluster}.${service}`;
const ripOf = (cluster: number, service: number, realServer: number): string => `127.21.${cluster}.${(service - 1) * realServerCount + realServer}`;

const vips = numbers(clusterCount).flatMap((cluster) => numbers(serviceCount).map((service) => vipOf(cluster, service)));
const rips = numbers(clusterCount).flatMap((cluster) => (
  numbers(serviceCount).flatMap((service) => numbers(realServerCount).map((realServer) => ripOf(cluster, service, realServer)))));

function definitionOf(cluster: number, directorId: string): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA,
    name: `cluster-${cluster}`,
    directors: [{ directorId, dip: { ipv4: null, ipv6: null } }],
    vips: numbers(serviceCount).map((service) => ({ address: vipOf(cluster, service), holder: directorId })),
    services: numbers(serviceCount).map((service) => ({
      id: `service-${service}`, name: `service-${service}`, match: { kind: 'address', protocol: 'tcp', vip: vipOf(cluster, service), port },
      scheduler: { name: 'rr' }, persistence: null, onePacket: false,
      realServers: numbers(realServerCount).map((realServer) => ({
        id: `rs-${service}-${realServer}`, name: `server-${realServer}`, rip: ripOf(cluster, service, realServer), port, weight: 100,
        method: { kind: 'proxied' }, thresholds: { upper: 0, lower: 0 },
      })),
    })),
  };
}

export async function applied(api: Api, clusterId: string, name: string): Promise<void> {
  const { revision, directors } = await api.changes.plan.query({ clusterId });
  const reviewed = directors.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  const { applyId } = await api.changes.applyRevision.mutate({ clusterId, revision, directors: reviewed, onFailure: 'rollBack', name });
  await until('the cluster is applied', async () => {
    const { directors: [director] } = await api.changes.get.query({ applyId });
    return director?.report?.outcome.kind === 'applied' ? true : null;
  });
}

/** Gives the topics there are, each kind for itself. */
export async function forwardClusters(api: Api): Promise<readonly (readonly Topic[])[]> {
  const directorId = await until('the director is connected', async () => {
    const [director] = await api.directors.list.query();
    return director?.link.state === 'connected' ? director.id : null;
  });
  const ids: string[] = [];
  for (const cluster of numbers(clusterCount)) {
    const definition = definitionOf(cluster, directorId);
    const { clusterId } = await api.clusters.create.mutate({ definition, reason: '' });
    await applied(api, clusterId, definition.name);
    ids.push(clusterId);
  }
  return [['overview'], ids.map(clusterTopic), ids.flatMap((id) => numbers(serviceCount).map((service) => serviceTopic(id, `service-${service}`)))];
}

export interface Traffic {
  stop(): void;
}

/** Real servers, and connections to all VIPs in turn. */
export async function startTraffic(connectionsPerSecond: number): Promise<Traffic> {
  const servers = await Promise.all(rips.map(async (host): Promise<Server> => {
    const server = createServer((socket) => socket.on('error', () => {}).end('an answer')).listen({ host, port });
    await once(server, 'listening');
    return server;
  }));
  let made = 0;
  const timer = setInterval(() => {
    connect({ host: vips[made % vips.length] ?? '', port }).on('error', () => {}).resume();
    made += 1;
  }, 1_000 / connectionsPerSecond);
  return {
    stop: () => {
      clearInterval(timer);
      for (const server of servers) server.close();
    },
  };
}
