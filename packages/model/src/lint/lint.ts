// Lint: every rule over a whole definition. The same table serves the form, the panel and the agent.
import type { ClusterDefinition } from '../definition/definition.ts';
import { same } from '../json/same.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { addressRules } from './rules/addresses.ts';
import { clusterRules } from './rules/cluster.ts';
import { portRules } from './rules/ports.ts';
import { realServerRules } from './rules/real-servers.ts';
import { schedulingRules } from './rules/scheduling.ts';
import { serviceRules } from './rules/services.ts';

export const rules: readonly Rule[] = [
  ...clusterRules, ...addressRules, ...serviceRules, ...schedulingRules, ...realServerRules, ...portRules,
];

/** Gives what is wrong (error: cannot be saved) or unwise (warning) in a definition that has the right shape. */
export function lint(definition: ClusterDefinition): Finding[] {
  return rules.flatMap(({ code, severity, find }) => find(definition).map(({ path, params }) => (
    { code, severity, path: [...path], params: { ...params } })));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** The definition without this finding; null where only a person knows the mend, and where the definition has changed and the finding is gone. */
export function mend(definition: ClusterDefinition, finding: Finding): ClusterDefinition | null {
  const rule = rules.find(({ code }) => code === finding.code);
  const hit = rule?.find(definition).find(({ path, params }) => same(path, finding.path) && same(params, finding.params));
  return hit === undefined ? null : rule?.mend?.(definition, hit) ?? null;
}
