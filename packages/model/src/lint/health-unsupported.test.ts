import { describe, expect, it } from 'vitest';
import type { Probe } from '../definition/health/probe.ts';
import { healthOf } from '../testing/health-tale.ts';
import { cluster, service } from '../testing/definitions/cluster.ts';
import { healthUnsupported } from './health-unsupported.ts';

const script = (file: string): Probe => ({ type: 'script', file, arguments: [] });
const asking = (...probes: readonly Probe[]) => {
  const health = healthOf('');
  return cluster({ services: [service('plain'), service('web', { health: { ...health, checks: health.checks.flatMap((check) => probes.map((probe, n) => ({ ...check, id: `c-${n}`, probe }))) } })] });
};
const at = (check: number) => ['services', 1, 'health', 'checks', check];
const can = { probes: ['tcp', 'script'] as const, scripts: [{ file: 'disk', refusedBecause: null }, { file: 'load', refusedBecause: 'writable' }] };

describe('what a director cannot ask', () => {
  it('is nothing of what it can', () => expect(healthUnsupported(asking({ type: 'tcp' }, script('disk')), can)).toEqual([]));

  it('is a type of probe that it has not, a script that is not there, and one that it refuses to run', () => {
    expect(healthUnsupported(asking({ type: 'icmp' }, script('none'), script('load')), can)).toEqual([
      { code: 'probeUnsupported', severity: 'error', path: at(0), params: { service: 'web', check: 1, probe: 'icmp' } },
      { code: 'scriptNotThere', severity: 'error', path: at(1), params: { service: 'web', check: 2, file: 'none' } },
      { code: 'scriptRefused', severity: 'error', path: at(2), params: { service: 'web', check: 3, file: 'load', why: 'writable' } },
    ]);
  });

  it('is every script where it runs none', () => {
    expect(healthUnsupported(asking(script('disk')), { probes: ['tcp'], scripts: [] }).map(({ code }) => code)).toEqual(['probeUnsupported']);
  });
});
