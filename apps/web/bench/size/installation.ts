// The installation that is measured: directors, real and recorded, a cluster on each, and what browsers follow of it.
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { DEFINITION_SCHEMA, digest } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import { clusterTopic, serviceTopic } from '../../src/live/topic.ts';
import type { Topic } from '../../src/live/topic.ts';
import { applied } from '../clusters.ts';
import type { Api } from '../people.ts';
import { until } from '../weir.ts';
import { realPortOf, ripOf, servicePort, vipOf } from './addresses.ts';
import type { Size } from './addresses.ts';
import type { DirectorOrder } from './recorded-directors.ts';

export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function definitionOf(cluster: number, directorId: string, { services, realServers }: Size): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA,
    name: `cluster-${cluster}`,
    directors: [{ directorId, dip: { ipv4: null, ipv6: null } }],
    vips: numbers(services).map((service) => ({ address: vipOf(cluster, service), holder: directorId })),
    services: numbers(services).map((service) => ({
      id: `service-${service}`, name: `service-${service}`, match: { kind: 'address', protocol: 'tcp', vip: vipOf(cluster, service), port: servicePort },
      scheduler: { name: 'rr' }, persistence: null, onePacket: false,
      realServers: numbers(realServers).map((realServer) => ({
        id: `rs-${service}-${realServer}`, name: `server-${realServer}`, rip: ripOf(cluster, realServer), port: realPortOf(service), weight: 100,
        method: { kind: 'proxied' }, thresholds: { upper: 0, lower: 0 },
      })),
    })),
  };
}

export interface Installation {
  /** The overview, the clusters, the services. */
  readonly topics: readonly (readonly Topic[])[];
  /** VIPs that are really forwarded. */
  readonly vips: readonly string[];
}

interface Directors {
  /** Codes of agents, then of recorded directors. */
  readonly agents: readonly string[];
  readonly recorded: readonly string[];
  /** Of the recorded ones, the last so many will fail. */
  readonly faulty: number;
  readonly process: ChildProcess;
}

async function isConnected(api: Api, directorId: string): Promise<true | null> {
  return (await api.directors.list.query()).some(({ id, link }) => id === directorId && link.state === 'connected') ? true : null;
}

export async function install(api: Api, size: Size, { agents, recorded, faulty, process }: Directors): Promise<Installation> {
  const codes = [...agents, ...recorded];
  const clusters: string[] = [];
  for (const [index, code] of codes.entries()) {
    const cluster = index + 1;
    const { directorId } = await api.directors.enrol.mutate({ code, name: `${cluster > codes.length - faulty ? 'faulty' : 'director'}-${cluster}` });
    const definition = definitionOf(cluster, directorId, size);
    const { clusterId } = await api.clusters.create.mutate({ definition, reason: '' });
    await until(`director ${cluster} is connected`, () => isConnected(api, directorId));
    if (index < agents.length) {
      await applied(api, clusterId, definition.name);
    } else {
      const accepted = { clusterId, revision: 1, digest: digest(definition), acceptedAtMs: Date.now() };
      process.send({ kind: 'hold', index: index - agents.length, cluster, accepted } satisfies DirectorOrder);
    }
    clusters.push(clusterId);
  }
  await until('all directors hold their clusters', async () => ((await api.directors.list.query()).every(({ link, accepted }) => link.state === 'connected' && accepted?.length === 1) ? true : null));
  // What fails is in the overview alone: the others' figures are looked at.
  const followed = clusters.slice(0, codes.length - faulty);
  return {
    topics: [['overview'], followed.map(clusterTopic), followed.flatMap((id) => numbers(size.services).map((service) => serviceTopic(id, `service-${service}`)))],
    vips: agents.flatMap((_, index) => numbers(size.services).map((service) => vipOf(index + 1, service))),
  };
}

/** What the real directors forward to. */
export async function startRealServers({ services }: Size): Promise<{ close(): void }> {
  const servers = await Promise.all(numbers(services).map(async (service): Promise<Server> => {
    const server = createServer((socket) => socket.on('error', () => {}).end('an answer')).listen({ host: '0.0.0.0', port: realPortOf(service) });
    await once(server, 'listening');
    return server;
  }));
  return { close: () => { for (const server of servers) server.close(); } };
}
