// Lint: every rule over a whole definition. The same table serves the form, the panel and the agent.
import type { ClusterDefinition } from '../definition/definition.ts';
import type { Finding } from './finding.ts';
import { clusterRules } from './cluster-rules.ts';
import { realServerRules } from './real-server-rules.ts';
import type { Rule } from './rule.ts';
import { serviceRules } from './service-rules.ts';

export const rules: readonly Rule[] = [...clusterRules, ...serviceRules, ...realServerRules];

/** Gives what is wrong (error: cannot be saved) or unwise (warning) in a definition that has the right shape. */
export function lint(definition: ClusterDefinition): Finding[] {
  return rules.flatMap(({ code, severity, find }) => find(definition).map(({ path, params }) => (
    { code, severity, path: [...path], params: { ...params } })));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
