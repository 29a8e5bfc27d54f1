// Lint: every rule over a whole definition. The same table serves the form, the panel and the agent.
import type { ClusterDefinition } from '../definition/definition.ts';
import { same } from '../json/same.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { addressRules } from './rules/addresses.ts';
import { clusterRules } from './rules/cluster.ts';
import { healthRules } from './rules/health.ts';
import { portRules } from './rules/ports.ts';
import { realServerRules } from './rules/real-servers.ts';
import { schedulingRules } from './rules/scheduling.ts';
import { serviceRules } from './rules/services.ts';
import { withSorry } from './with-sorry.ts';

export const rules: readonly Rule[] = [
  ...clusterRules, ...addressRules.map(withSorry), ...serviceRules, ...schedulingRules, ...realServerRules.map(withSorry), ...portRules.map(withSorry), ...healthRules,
];

/** Gives what is wrong (error: cannot be saved) or unwise (warning) in a definition that has the right shape. */
export function lint(definition: ClusterDefinition): Finding[] {
  return rules.flatMap(({ code, severity, find }) => find(definition).map(({ path, params }) => (
    { code, severity, path: [...path], params: { ...params } })));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/**
 * The definition without this finding; null where only a person knows the mend, and where the definition has changed and the finding is gone.
 * A page may have put names in place of ids in the values: where the place has one finding of this code, it is that one.
 */
export function mend(definition: ClusterDefinition, finding: Pick<Finding, 'code' | 'path' | 'params'>): ClusterDefinition | null {
  const rule = rules.find(({ code }) => code === finding.code);
  const here = rule?.find(definition).filter(({ path }) => same(path, finding.path)) ?? [];
  const hit = here.length > 1 ? here.find(({ params }) => same(params, finding.params)) : here[0];
  return hit === undefined ? null : rule?.mend?.(definition, hit) ?? null;
}
