// A definition as it is shown to those who may not change it: what health checks send in secret is not in it.
import type { ClusterDefinition } from '../definition.ts';
import type { Try } from '../../health/try.ts';
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
  if (!definition.services.some(({ health }) => health?.checks.some(({ probe }) => masked(probe) !== probe))) return definition;
  return {
    ...definition,
    services: definition.services.map((service) => (service.health === undefined ? service : {
      ...service, health: { ...service.health, checks: service.health.checks.map((check) => ({ ...check, probe: masked(check.probe) })) },
    })),
  };
}

/** What is sent as it is written, and what a script is told, may be a password: nobody says which is none. */
function masked(probe: Probe): Probe {
  if (probe.type === 'http' && probe.headers.some(isSecretHeader)) {
    return { ...probe, headers: probe.headers.map((header) => (isSecretHeader(header) ? { ...header, value: HIDDEN } : header)) };
  }
  if (probe.type === 'exchange' && probe.send !== null) return { ...probe, send: HIDDEN };
  if (probe.type === 'script' && probe.arguments.length > 0) return { ...probe, arguments: probe.arguments.map(() => HIDDEN) };
  return probe;
}

/** A try as it is shown to those who may not change the check: what was sent is the check's. */
export function withoutSent(given: Try): Try {
  return { ...given, sent: given.sent === null ? null : HIDDEN };
}
