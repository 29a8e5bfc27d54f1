// What a journey left whose agent is gone: its director cannot give anything up any more, and is forgotten with its clusters.
import { z } from 'zod';
import { Refused, type Api } from './api.ts';
import { clusterWith, save } from './clusters.ts';

const Named = z.array(z.object({ id: z.string(), name: z.string() }));
const Directors = z.array(z.object({ id: z.string(), name: z.string(), address: z.string() }));
const People = z.array(z.object({ id: z.string(), email: z.string() }));

/** The director at that address, and the clusters that it alone has. Whatever is not there is forgotten already. */
export async function forgetDirectorAt(api: Api, address: string, ...clusters: readonly string[]): Promise<void> {
  for (const { id, name } of (await api.query('clusters.list', Named)).filter((cluster) => clusters.includes(cluster.name))) await forgetCluster(api, id, name);
  for (const { id, name } of (await api.query('directors.list', Directors)).filter((director) => director.address === address)) {
    await api.mutate('directors.forget', z.unknown(), { directorId: id, name });
  }
}

async function forgetCluster(api: Api, clusterId: string, name: string): Promise<void> {
  const cluster = await clusterWith(api, clusterId);
  const { number, definition } = cluster.head;
  const wantsNothing = definition.directors.length === 0;
  const base = wantsNothing ? number : await save(api, cluster, { ...definition, directors: [], vips: [], services: [] }, 'over');
  await api.mutate('clusters.retire', z.unknown(), { clusterId, base }).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.code !== 'clusterHeld') throw error;
    return api.mutate('clusters.forget', z.unknown(), { clusterId, base, name });
  });
}

export async function removePeople(api: Api, ...emails: readonly string[]): Promise<void> {
  for (const { id } of (await api.query('people.list', People)).filter(({ email }) => emails.includes(email))) await api.mutate('people.remove', z.unknown(), { id });
}
