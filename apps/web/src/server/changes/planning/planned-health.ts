// What an apply changes of health: no operation says it, since checks are asked by the agents.
import { healthChanges, same } from '@weir/model';
import type { ClusterDefinition, HealthChange } from '@weir/model';
import { since } from '@weir/protocol';
import type { Clusters } from '../../clusters/clusters.ts';
import { PanelError } from '../../errors.ts';
import type { ChangePlan, DirectorPlan } from '../change-view.ts';

export interface PlannedHealthParts {
  readonly gateway: { readonly director: (directorId: string) => { readonly hello: { readonly version: number } | null } | null };
  readonly clusters: Pick<Clusters, 'definition'>;
}

export interface PlannedHealth {
  /** Each with the names of the directors on which it is so; null: on all that have a plan and ask real servers. */
  readonly changes: readonly (HealthChange & { readonly on: readonly string[] | null })[];
  /** Names of directors that hold what the panel does not know: what changes there is not known. */
  readonly unknownOn: readonly string[];
}

interface ChangesOn {
  readonly name: string;
  readonly changes: readonly HealthChange[];
}

/** `shownAs`: as it may be seen by who asks. */
export async function plannedHealth(plan: ChangePlan, parts: PlannedHealthParts, shownAs: (definition: ClusterDefinition) => ClusterDefinition): Promise<PlannedHealth> {
  const wanted = await parts.clusters.definition(plan.clusterId, plan.revision);
  const asking = plan.directors.filter((director) => isApplied(director) && asks(director, parts));
  const read = await Promise.all(asking.map(async ({ name, leaving, plan: planned }) => {
    const accepted = await acceptedBefore(parts, plan.clusterId, planned?.replaces ?? null);
    return { name, changes: accepted === 'unknown' ? null : changesShown(accepted, leaving ? null : wanted, shownAs) };
  }));
  const known = read.flatMap(({ name, changes }) => (changes === null ? [] : [{ name, changes }]));
  return { changes: together(known, known.length === read.length), unknownOn: read.filter(({ changes }) => changes === null).map(({ name }) => name) };
}

/** One that gives no plan, or cannot forward it, is left out of the apply. */
function isApplied({ plan }: DirectorPlan): boolean {
  return plan !== null && !plan.findings.some(({ severity }) => severity === 'error');
}

/** Older agents ask nothing, before and after. */
function asks({ directorId }: DirectorPlan, { gateway }: PlannedHealthParts): boolean {
  return (gateway.director(directorId)?.hello?.version ?? since.health) >= since.health;
}

async function acceptedBefore({ clusters }: PlannedHealthParts, clusterId: string, revision: number | null): Promise<ClusterDefinition | null | 'unknown'> {
  if (revision === null) return null;
  try {
    return await clusters.definition(clusterId, revision);
  } catch (error) {
    if (error instanceof PanelError) return 'unknown';
    throw error;
  }
}

/** That something differs is told also where what differs is not shown. */
function changesShown(before: ClusterDefinition | null, after: ClusterDefinition | null, shownAs: (definition: ClusterDefinition) => ClusterDefinition): HealthChange[] {
  const [was, is] = [before, after].map((one) => (one === null ? [] : shownAs(one).services));
  return healthChanges(before, after).map((change) => ({
    ...change,
    before: was?.find(({ id }) => id === change.serviceId)?.health ?? null,
    after: is?.find(({ id }) => id === change.serviceId)?.health ?? null,
  }));
}

/** Directors that held different revisions have changes of their own. */
function together(all: readonly ChangesOn[], areAll: boolean): PlannedHealth['changes'] {
  const found: { readonly change: HealthChange; readonly names: string[] }[] = [];
  for (const { name, changes } of all) {
    for (const change of changes) {
      const known = found.find((one) => same(one.change, change));
      if (known === undefined) found.push({ change, names: [name] });
      else known.names.push(name);
    }
  }
  return found.map(({ change, names }) => ({ ...change, on: areAll && names.length === all.length ? null : names }));
}
