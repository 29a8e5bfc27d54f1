import { expect, it } from 'vitest';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { healthOf } from '../testing/health-tale.ts';
import { DirectorHealth } from './director-health.ts';
import type { TryResult } from './try.ts';

const good: TryResult = { kind: 'good', weightPercent: null };
const refused: TryResult = { kind: 'failed', failure: 'refused', detail: null };

it('ends a slow start where the clock is set back behind its beginning', () => {
  const engine = new DirectorHealth();
  const realServers = [20, 30].map((last) => realServer(`rs-${last}`, { rip: `192.168.8.${last}`, port: 80, weight: 100 }));
  const definition = cluster({ services: [service('web', { scheduler: { name: 'wrr' }, realServers, health: healthOf('slow start 20 s') })] });
  const targets = engine.accept('lb-1', [{ clusterId: 'c', revision: 1, definition }], 0);
  const turn = (nowMs: number): (number | undefined)[] => {
    engine.turn({ overrides: [], connectionsOf: () => null, thresholds: false, nowMs });
    return engine.decisions.flatMap(({ ramps }) => [...ramps.values()].map(({ step }) => step));
  };
  const hear = (result: TryResult, atMs: number): void => {
    for (const target of targets) engine.heard(target, { startedAtMs: atMs, heardAtMs: atMs, result: target.rip === '192.168.8.20' ? result : good });
  };
  hear(refused, 3_600_000);
  expect(turn(3_600_000)).toEqual([]);
  hear(good, 3_602_000);
  expect(turn(3_602_000)).toEqual([0]);
  expect(turn(3_604_000)).toEqual([1]);
  expect(turn(1_000)).toEqual([]);
});
