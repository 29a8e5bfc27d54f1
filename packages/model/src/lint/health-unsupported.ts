// Which checks of a definition one director cannot make: types of probe that it has not, scripts that are not in its folder.
import type { ProbeType } from '../definition/health/probe.ts';
import type { HealthCheck } from '../definition/health/service-health.ts';
import type { ClusterDefinition } from '../definition/definition.ts';
import type { Finding } from './finding.ts';

/** What a director said of itself. */
export interface ProbeAbilities {
  readonly probes: readonly ProbeType[];
  /** `refusedBecause` null: it is run. */
  readonly scripts: readonly { readonly file: string; readonly refusedBecause: string | null }[];
}

function lackOf({ probe }: HealthCheck, { probes, scripts }: ProbeAbilities): Pick<Finding, 'code' | 'params'> | null {
  if (!probes.includes(probe.type)) return { code: 'probeUnsupported', params: { probe: probe.type } };
  if (probe.type !== 'script') return null;
  const found = scripts.find(({ file }) => file === probe.file);
  if (found === undefined) return { code: 'scriptNotThere', params: { file: probe.file } };
  return found.refusedBecause === null ? null : { code: 'scriptRefused', params: { file: probe.file, why: found.refusedBecause } };
}

/** Where a check cannot be made, its tries decide nothing: real servers count as the service says until they are decided. */
export function healthUnsupported({ services }: ClusterDefinition, can: ProbeAbilities): Finding[] {
  return services.flatMap(({ name, health }, s) => (health?.checks ?? []).flatMap((check, c): Finding[] => {
    const lack = lackOf(check, can);
    return lack === null ? [] : [{ code: lack.code, severity: 'error', path: ['services', s, 'health', 'checks', c], params: { service: name, check: c + 1, ...lack.params } }];
  }));
}

/** Their sentences. */
export const healthUnsupportedCodes = ['probeUnsupported', 'scriptNotThere', 'scriptRefused'] as const;
