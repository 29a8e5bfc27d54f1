// Clusters as the panel's procedures tell of them, saved and applied without a browser.
import { ClusterDefinition, Operation } from '@weir/model';
import { z } from 'zod';
import { Refused, type Api } from './api.ts';
import { agentPort } from './running.ts';
import { until } from './until.ts';

const Summaries = z.array(z.object({ id: z.string(), name: z.string() }));

const Cluster = z.object({ id: z.string(), name: z.string(), head: z.object({ number: z.int(), definition: ClusterDefinition }) });
export type Cluster = z.infer<typeof Cluster>;

const ChangePlan = z.object({
  clusterId: z.string(),
  revision: z.int(),
  directors: z.array(z.object({
    directorId: z.string(),
    plan: z.object({ replaces: z.int().nullable(), digest: z.string(), operations: z.array(z.object({ operation: Operation })) }).nullable(),
  })),
});
export type ChangePlan = z.infer<typeof ChangePlan>;

const Apply = z.object({
  finishedAt: z.string().nullable(),
  directors: z.array(z.object({ state: z.string(), askedAgain: z.boolean(), report: z.object({ outcome: z.object({ kind: z.string() }) }).nullable() })),
});
export type Apply = z.infer<typeof Apply>;

/** The launcher's own director; others come and go. */
export async function launchersDirector(api: Api): Promise<{ readonly id: string; readonly name: string }> {
  const directors = await api.query('directors.list', z.array(z.object({ id: z.string(), name: z.string(), address: z.string() })));
  const own = directors.find(({ address }) => address === `127.0.0.1:${agentPort}`);
  if (own === undefined) throw new Error('the launcher enrolled no director');
  return own;
}

/** The id of the launcher's own director. */
export async function ownDirector(api: Api): Promise<string> {
  return (await launchersDirector(api)).id;
}

export async function clusterNamed(api: Api, name: string): Promise<Cluster> {
  const found = (await api.query('clusters.list', Summaries)).find((cluster) => cluster.name === name);
  if (found === undefined) throw new Error(`no cluster ${name}`);
  return clusterWith(api, found.id);
}

export function clusterWith(api: Api, clusterId: string): Promise<Cluster> {
  return api.query('clusters.get', Cluster, { clusterId });
}

/** Gives the number of the revision. */
export async function save(api: Api, { id, head }: Cluster, definition: ClusterDefinition, reason = ''): Promise<number> {
  const saved = await api.mutate('clusters.save', z.object({ number: z.int() }), { clusterId: id, base: head.number, definition, reason });
  return saved.number;
}

/** In the place of what the first try of the same journey left by that name. */
export async function create(api: Api, definition: ClusterDefinition): Promise<string> {
  const make = () => api.mutate('clusters.create', z.object({ clusterId: z.string() }), { definition, reason: '' });
  const { clusterId } = await make().catch(async (error: unknown) => {
    if (!(error instanceof Refused) || (error.code !== 'nameTaken' && error.code !== 'claimed') || !await giveUp(api, definition.name)) throw error;
    return make();
  });
  return clusterId;
}

/** Taken off every director and out of the list; gives whether it was there. */
export async function giveUp(api: Api, name: string): Promise<boolean> {
  const left = (await api.query('clusters.list', Summaries)).find((cluster) => cluster.name === name);
  if (left === undefined) return false;
  const clusterId = left.id;
  await api.mutate('clusters.setApproval', z.unknown(), { clusterId, required: false });
  const cluster = await clusterWith(api, clusterId);
  const base = await save(api, cluster, { ...cluster.head.definition, directors: [], vips: [], services: [] }, 'over');
  await until(`no director holds ${name} any more`, 60_000, async () => {
    const plan = await planOf(api, clusterId);
    if (plan.directors.length === 0) return true;
    const applyId = await order(api, plan);
    return until('the apply has ended', 15_000, async () => (await applyWith(api, applyId)).finishedAt !== null);
  });
  await api.mutate('clusters.retire', z.unknown(), { clusterId, base });
  return true;
}

export function planOf(api: Api, clusterId: string, revision?: number): Promise<ChangePlan> {
  return api.query('changes.plan', ChangePlan, { clusterId, ...(revision !== undefined && { revision }) });
}

/** Orders what was planned; gives the id of the apply. */
export async function order(api: Api, { clusterId, revision, directors }: ChangePlan): Promise<string> {
  const reviewed = directors.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  const { name } = await clusterWith(api, clusterId);
  const { applyId } = await api.mutate('changes.applyRevision', z.object({ applyId: z.string() }), {
    clusterId, revision, directors: reviewed, onFailure: 'rollBack', name,
  });
  return applyId;
}

export function applyWith(api: Api, applyId: string): Promise<Apply> {
  return api.query('changes.get', Apply, { applyId });
}
