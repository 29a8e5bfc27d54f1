// A person's order to apply a revision: checked against what was reviewed, and in the database before anything is sent.
import { CHANGE_LIMIT, exceedsLimit } from '@weir/model';
import type { OnFailure } from '@weir/model';
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import { checkDirectors } from '../clusters/saving/check.ts';
import type { Author } from '../clusters/saving/save.ts';
import { lockAnyCluster, transactionMs } from '../clusters/saving/writing.ts';
import type { LockedRevision } from '../clusters/saving/writing.ts';
import { PanelError } from '../errors.ts';
import type { Plan } from './change-view.ts';
import { planOn, targetsOf } from './planning/planning.ts';
import type { PlanningParts, Target } from './planning/planning.ts';
import { canGoBack } from './confirm/can-go-back.ts';
import { refuseUnconfirmed } from './confirm/unconfirmed.ts';
import { possibleHolders } from './planning/possible-holders.ts';
import { inTurn, vipMoves } from './planning/vip-moves.ts';
import type { VipMove, VipTurn } from './planning/vip-moves.ts';

export interface ApplyOrder {
  readonly clusterId: string;
  readonly revision: number;
  /** In the order in which they take their turn, each with what was reviewed. */
  readonly directors: readonly { readonly directorId: string; readonly digest: string; readonly replaces: number | null }[];
  readonly onFailure: OnFailure;
  /** Silent directors that an administrator states to be off: their VIPs may be taken. */
  readonly off?: readonly string[];
  /** The cluster's name, typed by whoever orders what is above the limit. */
  readonly name?: string | undefined;
  /** Directors go back by themselves unless this is confirmed in so long. */
  readonly confirmWithinMs?: number | undefined;
  /** When the first director is done, the others wait for a person. */
  readonly firstAlone?: boolean | undefined;
}

export interface Turn extends Target, VipTurn {
  readonly id: string;
  readonly plan: Plan;
}

export interface StoredOrder extends Omit<ApplyOrder, 'directors' | 'off' | 'name' | 'firstAlone'> {
  readonly firstAlone: boolean;
  readonly off: readonly string[];
  readonly applyId: string;
  readonly clusterName: string;
  readonly author: Author;
  readonly turns: readonly Turn[];
}

export async function storeOrder(parts: PlanningParts, author: Author, order: ApplyOrder): Promise<StoredOrder> {
  refuseOtherRevision(parts.clusters.standing(order.clusterId).wanted, order.revision);
  const turns = inTurn(await reviewedTurns(parts, order));
  refuseTimeToRestore(turns, order);
  refuseTwoHolders(vipMoves(turns, await possibleHolders(parts)), order.off ?? []);
  const applyId = nanoid();
  const { clusterId, revision, onFailure, off = [], confirmWithinMs, firstAlone = false } = order;
  const clusterName = await parts.db.$transaction(async (tx) => {
    await checkDirectors(tx, turns);
    const cluster = await lockAnyCluster(tx, clusterId);
    refuseOtherRevision(cluster.wanted, revision);
    refuseAboveLimit(turns, cluster.name, order.name);
    const running = await tx.apply.findFirst({ where: { clusterId, finishedAt: null }, select: { authorName: true } });
    if (running !== null) throw new PanelError('applyRunning', { author: running.authorName });
    await refuseUnconfirmed(tx, clusterId);
    await tx.apply.create({
      data: {
        id: applyId, clusterId, revisionNumber: revision, onFailure, confirmWithinMs: confirmWithinMs ?? null, firstAlone, authorId: author.person.id, authorName: author.person.name,
        directors: {
          create: turns.map(({ id, directorId, name, plan }, position) => ({
            id, directorId, directorName: name, position, digest: plan.digest, plan,
          })),
        },
      },
    });
    const directors = turns.map(({ name, plan }) => ({ director: name, operations: plan.operations.length, digest: plan.digest }));
    await audit(tx, author, {
      action: 'changes.apply', object: { kind: 'cluster', id: clusterId, name: cluster.name }, after: { applyId, revision, onFailure, directors, ...(confirmWithinMs !== undefined && { confirmWithinMs }), ...(firstAlone && { firstAlone }), ...(off.length > 0 && { statedOff: off.map((id) => parts.gateway.director(id)?.name ?? id) }) },
    });
    return cluster.name;
  }, { timeout: transactionMs });
  return { applyId, clusterId, clusterName, revision, onFailure, confirmWithinMs, firstAlone, off, author, turns };
}

/** Only the newest approved revision is applied; an older one comes back by saving it anew. */
function refuseOtherRevision({ number, author, createdAt }: Pick<LockedRevision, 'number' | 'author' | 'createdAt'>, revision: number): void {
  if (revision > number) throw new PanelError('notApproved', { number: revision, wanted: number });
  if (revision < number) throw new PanelError('staleRevision', { base: revision, head: number, author, at: createdAt.toISOString() });
}

/** Whether a director takes this back unless it is confirmed in time. */
export function takesBack({ definition, plan: { replaces } }: Turn, { revision, confirmWithinMs }: Pick<ApplyOrder, 'revision' | 'confirmWithinMs'>): boolean {
  return confirmWithinMs !== undefined && canGoBack({ leaving: definition === null, replaces }, revision);
}

function refuseTimeToRestore(turns: readonly Turn[], order: ApplyOrder): void {
  if (order.confirmWithinMs !== undefined && !turns.some((turn) => takesBack(turn, order))) throw new PanelError('nothingToGoBackTo', { revision: order.revision });
}

/** Two hosts with one address split its traffic. What a silent one has only a person can know, by having switched it off. */
function refuseTwoHolders(moves: readonly VipMove[], off: readonly string[]): void {
  for (const { vip, from } of moves) {
    const other = from.find(({ directorId, how }) => how === 'keeps' || (how === 'silent' && !off.includes(directorId)));
    if (other !== undefined) throw new PanelError(other.how === 'keeps' ? 'vipKept' : 'vipHolderSilent', { vip, director: other.name });
  }
}

/** What cuts much is ordered by a person who knows which cluster it is. */
function refuseAboveLimit(turns: readonly Turn[], name: string, typed: string | undefined): void {
  if (typed?.trim() === name || !exceedsLimit(turns.map(({ operations, plan: { touched } }) => ({ operations, touched })))) return;
  throw new PanelError('aboveLimit', { name, services: CHANGE_LIMIT.services, percent: CHANGE_LIMIT.percentOfConnections });
}

/** Asks the directors once more: equal digests mean that the person reviewed what would be done now. */
async function reviewedTurns({ gateway, ...parts }: PlanningParts, { clusterId, revision, directors }: ApplyOrder): Promise<Turn[]> {
  const targets = new Map((await targetsOf({ gateway, ...parts }, clusterId, revision)).map((target) => [target.directorId, target]));
  const reviewed = new Map(directors.map((director) => [director.directorId, director]));
  return Promise.all([...reviewed.values()].map(async ({ directorId, digest, replaces }) => {
    const target = targets.get(directorId);
    if (target === undefined) throw new PanelError('directorNotConcerned', { director: gateway.director(directorId)?.name ?? directorId });
    const { plan, error } = await planOn(gateway, clusterId, revision, target);
    if (error !== null) throw new PanelError(error.code, error.params);
    if (plan.digest !== digest || plan.replaces !== replaces) throw new PanelError('planChanged', { director: target.name });
    return { ...target, id: nanoid(), plan, operations: plan.operations.map(({ operation }) => operation) };
  }));
}
