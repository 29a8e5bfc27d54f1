import type { HealthEvent, ServiceStanding } from '@weir/protocol';
import { expect, it } from 'vitest';
import { HeardHealth } from './heard-health.ts';

const checker = { targets: 1, late: null, braked: null };

function standing(serviceId: string, sinceMs = 0): ServiceStanding {
  return { clusterId: 'c', serviceId, state: { code: 'allUp', params: {}, sinceMs }, sorry: false, realServers: [] };
}

function said(services: ServiceStanding[], whole = false): HealthEvent {
  return { kind: 'health', bootId: 'b', whole, services, checker, atMs: 1 };
}

it('is what was last said of each service, and of nothing else once all is said anew', () => {
  const heard = new HeardHealth();
  heard.take(said([standing('a'), standing('b')], true));
  heard.take(said([standing('a', 5)]));
  expect([heard.of({ clusterId: 'c', serviceId: 'a' })?.state.sinceMs, heard.of({ clusterId: 'c', serviceId: 'b' })?.state.sinceMs]).toEqual([5, 0]);
  heard.take(said([standing('b')], true));
  expect(heard.of({ clusterId: 'c', serviceId: 'a' })).toBeNull();
});

it('has a bound, and what is known already is still renewed', () => {
  const heard = new HeardHealth();
  heard.take(said(Array.from({ length: 50_001 }, (_, n) => standing(`s-${n}`))));
  heard.take(said([standing('s-0', 7), standing('more')]));
  expect([heard.of({ clusterId: 'c', serviceId: 's-0' })?.state.sinceMs, heard.of({ clusterId: 'c', serviceId: 's-50000' }), heard.of({ clusterId: 'c', serviceId: 'more' })]).toEqual([7, null, null]);
});
