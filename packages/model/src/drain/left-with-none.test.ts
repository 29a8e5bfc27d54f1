import { describe, expect, it } from 'vitest';
import { tutorialCluster } from '../definition/tutorial.ts';
import type { ServiceHealth } from '../definition/health/service-health.ts';
import type { Override } from '../effective/override.ts';
import { leftWithNone } from './left-with-none.ts';
import type { LeftWithNone } from './left-with-none.ts';

const tutorial = tutorialCluster('d');
const [service] = tutorial.services;
if (service === undefined) throw new Error('the tutorial has a service');
const [first, second] = service.realServers;
if (first === undefined || second === undefined) throw new Error('and two real servers');

const target = (realServerId: string) => ({ clusterId: 'c', serviceId: service.id, realServerId });
const held = (cause: Override['cause'], realServerId: string, effect: Override['effect'] = { kind: 'weight', weight: 0 }, endsAtMs: number | null = null): Override => (
  { id: `${cause}-${realServerId}`, target: target(realServerId), cause, effect, author: 'ada', reason: '', startsAtMs: 0, endsAtMs });
const health: ServiceHealth = {
  checks: [], first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};

const left = (overrides: readonly Override[], { own = service, targets = [target(first.id)] } = {}): LeftWithNone[] => (
  leftWithNone(targets, { directorId: 'd', accepted: [{ clusterId: 'c', revision: 1, definition: { ...tutorial, services: [own] } }], overrides, nowMs: 50 }));

const none = (taking: number, outcome: LeftWithNone['outcome'] = 'refused') => [{ serviceId: service.id, service: service.name, realServers: 2, taking, outcome }];

describe('a drain', () => {
  it('of one of two that take new connections leaves the other', () => expect(left([])).toEqual([]));

  it.each<[string, Override]>([
    ['is down by its checks', held('health', second.id)], ['was removed for it', held('health', second.id, { kind: 'remove' })], ['is drained', held('drain', second.id)],
    ['is in maintenance', held('maintenance', second.id)], ['has weight 0 by hand', held('manual', second.id)],
  ])('of the last one is told where the other %s', (_, override) => expect(left([override])).toEqual(none(1)));

  it('of the last one is told where the other has weight 0 by definition', () => {
    expect(left([], { own: { ...service, realServers: [first, { ...second, weight: 0 }] } })).toEqual(none(1));
  });

  it('does not count what is over', () => expect(left([held('maintenance', second.id, { kind: 'weight', weight: 0 }, 50)])).toEqual([]));

  it('of all at once leaves none', () => expect(left([], { targets: [target(first.id), target(second.id)] })).toEqual(none(2)));

  it('counts those whose drain is ordered and not there yet as drained, and tells nothing of their services alone', () => {
    const input = { directorId: 'd', accepted: [{ clusterId: 'c', revision: 1, definition: { ...tutorial, services: [service, { ...service, id: 'other', match: { ...service.match, port: 9 } }] } }], overrides: [], nowMs: 50 };
    const coming = [target(second.id), { ...target(first.id), serviceId: 'other' }, { ...target(second.id), serviceId: 'other' }];
    expect(leftWithNone([target(first.id)], input, coming)).toEqual(none(2));
  });

  it('where none took any before is told too', () => expect(left([held('health', first.id), held('health', second.id)])).toEqual(none(0)));

  it('says that the sorry server answers then, or that those that are down are used', () => {
    const down = [held('health', second.id)];
    const sorry = { id: 's', name: 'sorry', rip: '127.0.8.99', port: 80, method: { kind: 'proxied' as const } };
    expect(left(down, { own: { ...service, health: { ...health, belowQuorum: 'sorry', sorry } } })).toEqual(none(1, 'sorry'));
    expect(left(down, { own: { ...service, health: { ...health, belowQuorum: 'failOpen' } } })).toEqual(none(1, 'failOpen'));
    expect(left([held('maintenance', second.id)], { own: { ...service, health: { ...health, belowQuorum: 'failOpen' } } })).toEqual(none(1));
  });

  it('is of no other director and no other cluster', () => {
    expect(leftWithNone([target(first.id)], { directorId: 'other', accepted: [{ clusterId: 'c', revision: 1, definition: tutorial }], overrides: [held('drain', second.id)], nowMs: 50 })).toEqual([]);
    expect(leftWithNone([target(first.id)], { directorId: 'd', accepted: [{ clusterId: 'other', revision: 1, definition: tutorial }], overrides: [held('drain', second.id)], nowMs: 50 })).toEqual([]);
  });
});
