// Planning a revision: every director it names, and every one that would have to give the cluster up, answers for itself.
import type { ClusterDefinition, PlanOperation } from '@weir/model';
import type { Clusters } from '../../clusters/clusters.ts';
import type { Database } from '../../db/database.ts';
import { PanelError } from '../../errors.ts';
import { knownHoldings } from '../../forgetting/what-stays.ts';
import type { DirectorView } from '../../gateway/director-view.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { ChangePlan, DirectorPlan } from '../change-view.ts';
import { possibleHolders } from './possible-holders.ts';
import { inTurn, vipMoves } from './vip-moves.ts';

export interface PlanningParts {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
}

export interface Target {
  readonly directorId: string;
  readonly name: string;
  /** Null takes the cluster off the director. */
  readonly definition: ClusterDefinition | null;
}

export async function planRevision(parts: PlanningParts, clusterId: string, revision: number): Promise<ChangePlan> {
  const targets = await targetsOf(parts, clusterId, revision);
  const plans = await Promise.all(targets.map((target) => planOn(parts.gateway, clusterId, revision, target)));
  const turns = inTurn(plans.map((director) => ({ directorId: director.directorId, name: director.name, operations: operationsOf(director), director })));
  return { clusterId, revision, directors: turns.map(({ director }) => director), moves: vipMoves(turns, await possibleHolders(parts)) };
}

export function operationsOf({ plan }: Pick<DirectorPlan, 'plan'>): PlanOperation[] {
  return plan?.operations.map(({ operation }) => operation) ?? [];
}

export async function planOn(gateway: Gateway, clusterId: string, revision: number, target: Target): Promise<DirectorPlan> {
  const { directorId, name, definition } = target;
  const who = { directorId, name, leaving: definition === null };
  try {
    return { ...who, plan: await gateway.client(directorId).plan({ clusterId, revision, definition }), error: null };
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    return { ...who, plan: null, error: { code: error.code, params: error.params } };
  }
}

export async function targetsOf(parts: PlanningParts, clusterId: string, revision: number): Promise<Target[]> {
  const definition = await parts.clusters.definition(clusterId, revision);
  const named = new Set(definition.directors.map(({ directorId }) => directorId));
  const directors = parts.gateway.directors();
  const leaving: DirectorView[] = [];
  for (const director of directors) {
    if (!named.has(director.id) && await mayHold(parts, clusterId, director)) leaving.push(director);
  }
  return [
    ...directors.filter(({ id }) => named.has(id)).map(({ id, name }) => ({ directorId: id, name, definition })),
    ...leaving.map(({ id, name }) => ({ directorId: id, name, definition: null })),
  ];
}

/** What it says now; of one that does not answer, all that was ever heard, and what it was sent since without an answer. */
async function mayHold(parts: PlanningParts, clusterId: string, director: DirectorView): Promise<boolean> {
  const now = parts.gateway.stateNow(director.id);
  if (now !== null) return now.accepted.some((held) => held.clusterId === clusterId);
  return (await knownHoldings(parts, director)).some((holding) => holding.clusterId === clusterId);
}
