// A definition as it is shown to those who may not change it: what health checks send in secret is not in it.
import type { ClusterDefinition } from '../definition.ts';
import type { Probe, ProbeHeader } from './probe.ts';

/** Stands for what nobody is shown. */
const HIDDEN = '•••';

/** Their values are nobody's to see, whoever wrote them. */
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

export function isSecretHeader({ name, secret }: Pick<ProbeHeader, 'name' | 'secret'>): boolean {
  return secret || SECRET_HEADERS.has(name.toLowerCase());
}

/** The very same definition where it has none. */
export function withoutSecrets(definition: ClusterDefinition): ClusterDefinition {
  if (!definition.services.some(({ health }) => health?.checks.some(({ probe }) => hasSecret(probe)))) return definition;
  return {
    ...definition,
    services: definition.services.map((service) => (service.health === undefined ? service : {
      ...service, health: { ...service.health, checks: service.health.checks.map((check) => ({ ...check, probe: masked(check.probe) })) },
    })),
  };
}

function hasSecret(probe: Probe): boolean {
  return probe.type === 'http' && probe.headers.some(isSecretHeader);
}

function masked(probe: Probe): Probe {
  if (probe.type !== 'http' || !hasSecret(probe)) return probe;
  return { ...probe, headers: probe.headers.map((header) => (isSecretHeader(header) ? { ...header, value: HIDDEN } : header)) };
}
