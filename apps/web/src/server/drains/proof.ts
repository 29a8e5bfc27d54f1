// "Safe to take down", with time and evidence, in the audit log: once for each drain, when every director has proved it.
import { audit, panelItself } from '../audit.ts';
import type { Prisma } from '../db/generated/client.ts';
import { aboutTargets } from './look.ts';
import type { DirectorDrain, DrainView } from './drain-view.ts';
import type { DrainRow, DrainRows } from './rows.ts';

function at(ms: number): string {
  return new Date(ms).toISOString();
}

function evidenceOf({ name, state }: DirectorDrain): Prisma.InputJsonObject {
  const evidence = state === null || state === 'lacks' ? null : state.evidence;
  if (evidence === null) return { director: name };
  const { how, weightZeroAtMs, zeroSinceMs, atMs, readings } = evidence;
  return { director: name, how, weightZeroAt: at(weightZeroAtMs), zeroSince: at(zeroSinceMs), at: at(atMs), readings };
}

/** The last of the directors' own times. */
function provedAtMs({ directors }: DrainView): number {
  return directors.reduce((latest, { state }) => Math.max(latest, state === null || state === 'lacks' ? 0 : state.evidence?.atMs ?? 0), 0);
}

export async function writeProof(rows: DrainRows, row: DrainRow, view: DrainView, cluster: { readonly id: string; readonly name: string }): Promise<void> {
  const { id, host, targets, author, reason, startedAtMs, directors } = view;
  const safeAtMs = provedAtMs(view);
  await rows.safe(row, safeAtMs, (tx) => audit(tx, panelItself, {
    action: 'drains.safe', object: { kind: 'cluster', id: cluster.id, name: cluster.name }, about: aboutTargets(targets),
    after: {
      drainId: id, host, realServers: targets.map(({ service, realServer }) => ({ service, realServer })), orderedBy: author, reason,
      startedAt: at(startedAtMs), safeAt: at(safeAtMs), directors: directors.map(evidenceOf),
    },
  }));
}
