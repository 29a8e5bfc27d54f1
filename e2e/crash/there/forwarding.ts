// Whether what clients get is what effective says of the director's own disk, and whether panel and disk agree.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClusterDefinition, effective, nextChangeMs, Override, same } from '@weir/model';
import { z } from 'zod';
import type { Api } from '../../weir/api.ts';
import { askTimes, shares } from '../../weir/traffic.ts';
import { until } from '../../weir/until.ts';
import { port, type Site, vip } from '../site.ts';

const Accepted = z.object({
  clusters: z.array(z.object({ clusterId: z.string(), revision: z.int(), directorId: z.string(), definition: ClusterDefinition })),
});
const Overrides = z.object({ overrides: z.array(Override) });
const Directors = z.array(z.object({
  id: z.string(), link: z.object({ state: z.string() }), drift: z.int().nullable(),
  accepted: z.array(z.object({ clusterId: z.string(), revision: z.int() })).nullable(),
}));

const settleDeadlineMs = 60_000;
// Longer than all requests of one look take.
const calmMs = 2_000;

export interface OnDisk {
  readonly revision: number;
  readonly directorId: string;
  readonly definition: ClusterDefinition;
  readonly overrides: readonly Override[];
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(error)));
  return text === null ? null : schema.parse(JSON.parse(text));
}

export async function readDisk(dataDir: string, clusterId: string): Promise<OnDisk> {
  const accepted = await readJson(path.join(dataDir, 'agent/accepted.json'), Accepted);
  const overrides = await readJson(path.join(dataDir, 'agent/overrides.json'), Overrides);
  const cluster = accepted?.clusters.find((each) => each.clusterId === clusterId);
  if (cluster === undefined) throw new Error('the director has accepted no such cluster');
  return { ...cluster, overrides: overrides?.overrides.filter(({ target }) => target.clusterId === clusterId) ?? [] };
}

/** Resolves when the panel hears from the director that it forwards what it should, and gives the revision that it says it accepted. */
export function settled(api: Api, { clusterId, directorId }: Site): Promise<number> {
  return until('the director is linked and forwards what it holds', settleDeadlineMs, async () => {
    const director = (await api.query('directors.list', Directors)).find(({ id }) => id === directorId);
    if (director?.link.state !== 'connected' || director.drift !== 0) return null;
    return director.accepted?.find((each) => each.clusterId === clusterId)?.revision;
  });
}

/** How many of the requests of one round each real server should answer. */
function wantedShares({ revision, directorId, definition, overrides }: OnDisk, clusterId: string, nowMs: number): Record<string, number> {
  const { services } = effective({ directorId, accepted: [{ clusterId, revision, definition }], overrides, nowMs });
  const rules = services.flatMap(({ realServers }) => realServers);
  return Object.fromEntries(rules.filter(({ settings }) => settings.weight > 0).map(({ endpoint, settings }) => [endpoint.rip, settings.weight]));
}

/** Asks as many times as the weights add up to, while no override begins or ends. */
export async function checkForwarding(site: Site, read: () => Promise<OnDisk>): Promise<string[]> {
  const before = await read();
  const due = nextChangeMs(before.overrides, Date.now());
  if (due !== null && due - Date.now() < calmMs) await pause(due - Date.now() + calmMs / 4);
  const disk = await read();
  const wanted = wantedShares(disk, site.clusterId, Date.now());
  const times = Object.values(wanted).reduce((sum, weight) => sum + weight, 0);
  // The round that was under way when the weights changed is another's; the next is theirs.
  const rounds = [shares(await askTimes(times, vip, port)), shares(await askTimes(times, vip, port))];
  if (rounds.some((round) => same(round, wanted))) return [];
  return [`revision ${disk.revision} with overrides ${JSON.stringify(disk.overrides)} says ${JSON.stringify(wanted)}, and clients got ${JSON.stringify(rounds)}`];
}
