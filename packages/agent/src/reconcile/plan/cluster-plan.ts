// The plan for one cluster on this director: its own services and nobody else's.
import { costsOf, foreignInTheWay, healthUnsupported, hostDeviations, lint, planDigest, touchedBy, unsetMarks, unsupported, wantedHost } from '@weir/model';
import type { Capabilities, ClusterDefinition, Finding, PlanOperation, ServiceKey } from '@weir/model';
import type { HealthAbilities, PlanInput, PlanOutput } from '@weir/protocol';
import type { HeldCluster } from '../../disk/data-folder.ts';
import { RequestFault } from '../../fault.ts';
import { keysOfCluster, only, planDirector, scopeOf, vipsOfCluster } from './director-plan.ts';
import type { Reading, Scope } from './director-plan.ts';
import type { Held } from './effective-table.ts';

/** Refuses a service that another cluster has on this director. */
function checkClaims(clusterId: string, keys: readonly ServiceKey[], accepted: readonly HeldCluster[]): void {
  const wanted = new Set(keys);
  for (const other of accepted) {
    if (other.clusterId === clusterId) continue;
    const service = keysOfCluster(other).find((key) => wanted.has(key));
    if (service !== undefined) throw new RequestFault('claimed', { service, clusterId: other.clusterId });
  }
}

export interface ClusterPlan {
  readonly output: PlanOutput;
  readonly operations: readonly PlanOperation[];
  /** Everything of this cluster, as it was or as it will be. */
  readonly scope: Scope;
}

const MOST_FINDINGS = 10_000;

export interface PlanParts {
  readonly before: Held;
  readonly after: Held;
  readonly reading: Reading;
  readonly can: Capabilities;
  readonly asks: HealthAbilities;
  /** What other clusters may come back to. */
  readonly bases: readonly HeldCluster[];
}

function hostFindings(definition: ClusterDefinition, { after, reading: { host } }: PlanParts): Finding[] {
  if (host === null) return [];
  return [...hostDeviations(wantedHost(after.accepted, host), vipsOfCluster(definition), host), ...unsetMarks(definition, host)];
}

/** Errors first: they refuse the apply, and must not fall behind the bound. */
function findingsOf(definition: ClusterDefinition | null, services: ReadonlySet<ServiceKey>, parts: PlanParts): Finding[] {
  if (definition === null) return [];
  const findings = [
    ...foreignInTheWay(definition, only(parts.reading.actual, services)), ...hostFindings(definition, parts), ...lint(definition),
    ...unsupported(definition, parts.can), ...healthUnsupported(definition, parts.asks),
  ];
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [...errors, ...findings.filter(({ severity }) => severity !== 'error')].slice(0, MOST_FINDINGS);
}

export function planCluster({ clusterId, definition }: PlanInput, parts: PlanParts): ClusterPlan {
  const { before, after, reading, can, bases } = parts;
  const held = before.accepted.find((cluster) => cluster.clusterId === clusterId);
  const wanted = after.accepted.find((cluster) => cluster.clusterId === clusterId);
  const added = wanted === undefined ? [] : keysOfCluster(wanted);
  checkClaims(clusterId, added, [...before.accepted, ...bases]);
  const scope = scopeOf([held, wanted].filter((cluster) => cluster !== undefined), reading.host);
  const operations = planDirector(after, reading, reading.readAtMs, scope);
  const costs = costsOf(operations, reading.actual, can);
  return {
    scope,
    operations,
    output: {
      replaces: held?.revision ?? null,
      operations: operations.map((operation, i) => ({ operation, cost: costs[i] ?? { connections: 0, fate: 'none' } })),
      digest: planDigest(operations),
      findings: findingsOf(definition, new Set(added), parts),
      touched: touchedBy(operations, reading.actual, can, scope.services),
      readAtMs: reading.readAtMs,
    },
  };
}
