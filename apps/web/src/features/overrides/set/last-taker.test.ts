import { expect, it } from 'vitest';
import type { LiveRealServer, LiveService } from '../../../live/topic.ts';
import { leftWithNone } from './last-taker.ts';

const each = { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null };
const figures = { active: null, inactive: null, persistent: null, totals: each, perSecond: each, windowMs: null, byteKind: null, measuredAtMs: null };

const realServer = (realServerId: string, key: string, weight: number | null, weights: LiveRealServer['weights'] = []): LiveRealServer => (
  { realServerId, name: realServerId, key, weight, weights, wantedWeight: 1, notAppliedOn: [], figures, health: [] });

const service = (serviceId: string, ...realServers: LiveRealServer[]): LiveService => ({
  clusterId: 'c', serviceId, name: serviceId, key: 'tcp 10.0.0.1:80', holderId: null, directors: ['a'], figures, refused: null, wanted: true, notAppliedOn: [],
  takesNoneOn: [], realServerCount: realServers.length, health: [], realServers,
});

const one = { kind: 'realServer', serviceId: 'web', realServerId: 'r1' } as const;

it('the last that takes new connections is told, one of several is not', () => {
  const [first, second] = [realServer('r1', '10.0.0.2:80', 1), realServer('r2', '10.0.0.3:80', 1)];
  expect(leftWithNone([service('web', first, second)], one)).toEqual([]);
  expect(leftWithNone([service('web', first, { ...second, weight: 0 })], one)).toEqual(['web']);
  expect(leftWithNone([service('web', first, { ...second, weight: null, weights: [{ directorId: 'a', weight: 0 }, { directorId: 'b', weight: 3 }] })], one)).toEqual([]);
});

it('a host is taken out of every service', () => {
  const services = [
    service('web', realServer('r1', '[2001:db8::2]:80', 1)), service('dns', realServer('r1', '[2001:db8::2]:53', 1), realServer('r2', '[2001:db8::3]:53', 1)),
    service('mail', realServer('r9', '[2001:db8::2]:25', 4)),
  ];
  expect(leftWithNone(services, { kind: 'host', rip: '2001:db8::2' })).toEqual(['web', 'mail']);
});

it('a service is taken out with all of its real servers, and no other service', () => {
  const services = [service('web', realServer('r1', '10.0.0.2:80', 1), realServer('r2', '10.0.0.3:80', 1)), service('dns', realServer('r1', '10.0.0.2:53', 1))];
  expect(leftWithNone(services, { kind: 'service', serviceId: 'web' })).toEqual(['web']);
});

it('where none takes any already, or none is known, nothing changes', () => {
  expect(leftWithNone([service('web', realServer('r1', '10.0.0.2:80', 0)), service('large')], one)).toEqual([]);
});
