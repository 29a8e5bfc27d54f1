import { expect, it } from 'vitest';
import type { RealServer } from '../definition/definition.ts';
import type { HealthCheck } from '../definition/health/service-health.ts';
import type { Accepted } from '../effective/effective.ts';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { healthOf } from '../testing/health-tale.ts';
import { DirectorHealth } from './director-health.ts';
import type { TryFailure } from './try.ts';

const place = { clusterId: 'c', serviceId: 'web', realServerId: 'rs' };

function accepted(changes: Partial<RealServer>, checks: readonly Partial<HealthCheck>[]): Accepted[] {
  const health = healthOf('first up');
  const made = checks.flatMap((change, n) => health.checks.map((check) => ({ ...check, id: `c${n}`, ...change })));
  return [{ clusterId: 'c', revision: 1, definition: cluster({ services: [service('web', { health: { ...health, checks: made }, realServers: [realServer('rs', { port: 80, method: { kind: 'dr' }, ...changes })] })] }) }];
}

/** It is down by both of its checks, of itself and of the path; then it is accepted otherwise. */
function afterChange(changes: Partial<RealServer>): { readonly standing: string | undefined; readonly failed: number[] } {
  const engine = new DirectorHealth();
  const checks = [{}, { probe: { type: 'path' } }] as const;
  const failures: readonly TryFailure[] = ['refused', 'vipNotAnswered'];
  const turn = (nowMs: number): unknown => engine.turn({ overrides: [], connectionsOf: () => null, thresholds: false, nowMs });
  for (const [n, target] of engine.accept('lb-1', accepted({}, checks), 0).entries()) {
    engine.heard(target, { startedAtMs: 1, heardAtMs: 2, result: { kind: 'failed', failure: failures[n] ?? 'failed', detail: null } });
  }
  turn(10);
  engine.accept('lb-1', accepted(changes, checks), 20);
  turn(20);
  const verdict = engine.verdictOn(place);
  return { standing: verdict?.standing, failed: verdict?.checks.map(({ failed }) => failed) ?? [] };
}

it('stays down where packets come to it by another way, and only the path is asked anew', () => {
  expect(afterChange({})).toEqual({ standing: 'down', failed: [1, 1] });
  expect(afterChange({ method: { kind: 'tun', tunnel: { type: 'ipip' } } })).toEqual({ standing: 'down', failed: [1, 0] });
});

it('begins anew at another address or port', () => {
  expect(afterChange({ rip: '192.168.8.99' })).toEqual({ standing: 'unknown', failed: [0, 0] });
  expect(afterChange({ port: 81 }).standing).toBe('unknown');
});
