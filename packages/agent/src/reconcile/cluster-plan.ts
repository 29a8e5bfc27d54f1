// The plan for one cluster on this director: its own services and nobody else's.
import { addressOf, costOf, foreignInTheWay, lint, plan, planDigest, serviceKey, unsupported } from '@weir/model';
import type { ActualTable, Capabilities, ClusterDefinition, Cost, Finding, Operation, ServiceKey } from '@weir/model';
import type { PlanInput, PlanOutput } from '@weir/protocol';
import type { HeldCluster } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';
import { effectiveTable } from './effective-table.ts';
import type { Held } from './effective-table.ts';

/** The services that a definition puts on this director. */
function keysOn(directorId: string, definition: ClusterDefinition | null): readonly ServiceKey[] {
  if (definition === null || !definition.directors.some((director) => director.directorId === directorId)) return [];
  return definition.services.map(({ match }) => serviceKey(addressOf(match)));
}

export function keysOfCluster({ directorId, definition }: Pick<HeldCluster, 'directorId' | 'definition'>): readonly ServiceKey[] {
  return keysOn(directorId, definition);
}

/** Refuses a service that another cluster has on this director. */
function checkClaims(clusterId: string, keys: readonly ServiceKey[], accepted: readonly HeldCluster[]): void {
  const wanted = new Set(keys);
  for (const other of accepted) {
    if (other.clusterId === clusterId) continue;
    const service = keysOfCluster(other).find((key) => wanted.has(key));
    if (service !== undefined) throw new RequestFault('claimed', { service, clusterId: other.clusterId });
  }
}

/** The part of a table that is about these services. */
function only<TTable extends { readonly services: readonly { readonly address: Parameters<typeof serviceKey>[0] }[] }>(
  table: TTable, keys: ReadonlySet<ServiceKey>,
): TTable {
  return { ...table, services: table.services.filter(({ address }) => keys.has(serviceKey(address))) };
}

/** The operations that make these services forward what is held. */
export function planServices(held: Held, keys: ReadonlySet<ServiceKey>, actual: ActualTable, nowMs: number): Operation[] {
  return plan(only(effectiveTable(held, nowMs), keys), only(actual, keys));
}

/** The cost of each operation. Each is looked up among its own service alone: a plan can have tens of thousands. */
export function costsOf(
  operations: readonly Operation[], actual: ActualTable, can: Capabilities,
): { operation: Operation; cost: Cost }[] {
  const byKey = new Map(actual.services.map((service) => [serviceKey(service.address), service]));
  return operations.map((operation) => {
    const service = byKey.get(serviceKey(operation.service));
    return { operation, cost: costOf(operation, { services: service === undefined ? [] : [service] }, can) };
  });
}

export interface ClusterChange extends PlanInput {
  readonly directorId: string;
}

export interface ClusterPlan {
  readonly output: PlanOutput;
  readonly operations: readonly Operation[];
  /** Every service of this cluster, as it was or as it will be. */
  readonly keys: ReadonlySet<ServiceKey>;
}

const MOST_FINDINGS = 10_000;

/** Errors first: they refuse the apply, and must not fall behind the bound. */
function findingsOf(definition: ClusterDefinition | null, actual: ActualTable, can: Capabilities): Finding[] {
  if (definition === null) return [];
  const findings = [...foreignInTheWay(definition, actual), ...lint(definition), ...unsupported(definition, can)];
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [...errors, ...findings.filter(({ severity }) => severity !== 'error')].slice(0, MOST_FINDINGS);
}

export interface PlanParts {
  readonly before: Held;
  readonly after: Held;
  readonly actual: ActualTable;
  readonly readAtMs: number;
  readonly can: Capabilities;
}

export function planCluster(change: ClusterChange, { before, after, actual, readAtMs, can }: PlanParts): ClusterPlan {
  const held = before.accepted.find(({ clusterId }) => clusterId === change.clusterId);
  const added = keysOn(change.directorId, change.definition);
  checkClaims(change.clusterId, added, before.accepted);
  const keys = new Set([...(held === undefined ? [] : keysOfCluster(held)), ...added]);
  const operations = planServices(after, keys, actual, readAtMs);
  return {
    keys,
    operations,
    output: {
      replaces: held?.revision ?? null,
      operations: costsOf(operations, actual, can),
      digest: planDigest(operations),
      findings: findingsOf(change.definition, only(actual, new Set(added)), can),
      readAtMs,
    },
  };
}
