// Orders about overrides in the audit log: the order before anything is sent, and what came of it before the person hears.
import { deciding } from '@weir/model';
import type { ClusterDefinition, Override } from '@weir/model';
import { audit } from '../audit.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Author } from '../clusters/saving/save.ts';
import type { Database } from '../db/database.ts';
import type { Prisma } from '../db/generated/client.ts';
import { sameTarget } from './order.ts';
import type { OverrideAnswer } from './override-view.ts';
import type { Taken, Turn } from './send.ts';

export interface AuditedOrder {
  readonly action: 'overrides.set' | 'overrides.setThere' | 'overrides.end';
  readonly cluster: Pick<ClusterView, 'id' | 'name'>;
  readonly author: Author;
  readonly turns: readonly Turn[];
}

export async function auditOrder(db: Database, { action, cluster, author, turns }: AuditedOrder, order: Prisma.InputJsonObject, nowMs: number): Promise<void> {
  await audit(db, author, {
    action, object: objectOf(cluster),
    before: { directors: turns.map((turn) => ({ director: turn.director.name, weights: weightsOf(turn, turn.director.state.overrides, nowMs) })) },
    after: { ordered: order },
  });
}

export async function auditOutcome(
  db: Database, { action, cluster, author, turns }: AuditedOrder, taken: readonly Taken[], unheard: readonly OverrideAnswer[], nowMs: number,
): Promise<void> {
  const answers = [...taken.map(({ answer }) => answer), ...unheard];
  const directors = answers.map(({ directorId, name, ordered, acknowledged, error }) => {
    const turn = turns.find(({ director }) => director.directorId === directorId);
    const state = taken.find(({ answer }) => answer.directorId === directorId)?.state ?? null;
    const weights = turn === undefined || state === null ? null : weightsOf(turn, state.overrides, nowMs);
    return { director: name, ordered, acknowledged, error: error?.code ?? null, weights };
  });
  await audit(db, author, {
    action: `${action}Finish`, object: objectOf(cluster), after: { directors },
    outcome: answers.every(({ ordered, acknowledged, error }) => error === null && ordered === acknowledged) ? 'done' : 'failed',
  });
}

function objectOf({ id, name }: AuditedOrder['cluster']): { kind: string; id: string; name: string } {
  return { kind: 'cluster', id, name };
}

/** The weight of each real server concerned, and why. */
function weightsOf({ director: { definition }, set, end }: Turn, held: readonly Override[], nowMs: number): Prisma.InputJsonObject[] {
  return [...set, ...end].map(({ target }) => {
    const decides = deciding(held.filter((override) => sameTarget(override.target, target)), nowMs);
    const { service, realServer, defined } = namesOf(definition, target);
    const weight = decides === null ? defined : decides.effect.kind === 'weight' ? decides.effect.weight : null;
    return { service, realServer, weight, defined, cause: decides?.cause ?? null, endsAtMs: decides?.endsAtMs ?? null };
  });
}

function namesOf({ services }: ClusterDefinition, target: Override['target']): { service: string; realServer: string; defined: number | null } {
  const service = services.find(({ id }) => id === target.serviceId);
  const realServer = service?.realServers.find(({ id }) => id === target.realServerId);
  return { service: service?.name ?? target.serviceId, realServer: realServer?.name ?? target.realServerId, defined: realServer?.weight ?? null };
}
