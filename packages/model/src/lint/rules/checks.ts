// Rules about one check: that it can pass, and that it asks what the service does.
import type { VirtualService } from '../../definition/definition.ts';
import type { Expected, Probe } from '../../definition/health/probe.ts';
import type { HealthCheck } from '../../definition/health/service-health.ts';
import { mendService, withinService } from '../each.ts';
import type { Hit, Mend, Params, Rule } from '../rule.ts';

type CheckTest = (check: HealthCheck, service: VirtualService) => Params | null;

/** In the sentences a check is known by its number in the list. */
export function eachCheck(field: readonly (string | number)[], test: CheckTest): Rule['find'] {
  const find = withinService((service) => (service.health?.checks ?? []).flatMap((check, place): Hit[] => {
    const params = test(check, service);
    return params === null ? [] : [{ path: ['health', 'checks', place, ...field], params: { check: place + 1, ...params } }];
  }));
  return ({ services }) => find(services);
}

export function mendCheck(change: (check: HealthCheck, service: VirtualService) => HealthCheck): Mend {
  return mendService((service, { path }) => (service.health === undefined ? service : {
    ...service, health: { ...service.health, checks: service.health.checks.map((check, place) => (place === path[4] ? change(check, service) : check)) },
  }));
}

/** The time from one try to the next, at its shortest. */
function shortest({ intervalMs, changingIntervalMs }: HealthCheck): number {
  return Math.min(intervalMs, changingIntervalMs ?? intervalMs);
}

function expectedOf(probe: Probe): Expected | null {
  if (probe.type === 'http') return probe.body;
  return probe.type === 'exchange' ? probe.expect : null;
}

/** As the agent reads patterns. */
function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'mu') instanceof RegExp;
  } catch {
    return false;
  }
}

function crossedOf(probe: Probe): { readonly from: number; readonly to: number } | undefined {
  return probe.type === 'http' ? probe.statuses.find(({ from, to }) => from > to) : undefined;
}

export const checkRules: readonly Rule[] = [
  {
    // A try that hangs would outlast the time of the next one.
    code: 'timeoutAboveInterval',
    severity: 'warning',
    find: eachCheck(['timeoutMs'], (check) => (check.timeoutMs > shortest(check) ? { timeout: check.timeoutMs / 1_000, interval: shortest(check) / 1_000 } : null)),
    mend: mendCheck((check) => ({ ...check, timeoutMs: shortest(check) })),
  },
  {
    code: 'fasterIntervalIsSlower',
    severity: 'warning',
    find: eachCheck(['changingIntervalMs'], ({ intervalMs, changingIntervalMs }) => (
      changingIntervalMs !== null && changingIntervalMs > intervalMs ? { faster: changingIntervalMs / 1_000, interval: intervalMs / 1_000 } : null)),
    mend: mendCheck((check) => ({ ...check, changingIntervalMs: null })),
  },
  {
    code: 'statusesCrossed',
    severity: 'error',
    find: eachCheck(['probe', 'statuses'], ({ probe }) => {
      const crossed = crossedOf(probe);
      return crossed === undefined ? null : { from: crossed.from, to: crossed.to };
    }),
    mend: mendCheck((check) => (check.probe.type !== 'http' ? check : {
      ...check, probe: { ...check.probe, statuses: check.probe.statuses.map(({ from, to }) => ({ from: Math.min(from, to), to: Math.max(from, to) })) },
    })),
  },
  {
    code: 'patternInvalid',
    severity: 'error',
    find: eachCheck(['probe'], ({ probe }) => {
      const expected = expectedOf(probe);
      return expected?.kind !== 'pattern' || isPattern(expected.pattern) ? null : { pattern: expected.pattern };
    }),
  },
  {
    code: 'headHasNoBody',
    severity: 'error',
    find: eachCheck(['probe', 'body'], ({ probe }) => (probe.type === 'http' && probe.method === 'HEAD' && probe.body !== null ? {} : null)),
    mend: mendCheck((check) => (check.probe.type === 'http' ? { ...check, probe: { ...check.probe, method: 'GET' } } : check)),
  },
  {
    code: 'udpCheckedByTcp',
    severity: 'warning',
    find: eachCheck(['probe'], ({ probe }, { match, health }) => (
      match.protocol === 'udp' && probe.type === 'tcp' && health?.checks.every((check) => check.probe.type === 'tcp') === true ? {} : null)),
  },
];
