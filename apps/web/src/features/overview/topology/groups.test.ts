// Services by their clusters.
import { expect, test } from 'vitest';
import type { ServiceLine } from '../../../live/service-line.ts';
import { groupsOf } from './groups.ts';

const line = (clusterId: string, serviceId: string): ServiceLine => ({
  clusterId, serviceId, name: serviceId, key: '', method: null, directors: [], troubles: [], realServers: { all: 0, down: 0, draining: 0, out: 0 },
  carried: { active: null, perSecond: { connections: null, bytesIn: null, bytesOut: null }, byteKind: null },
});
const lines = [line('b', '1'), line('a', '1'), line('b', '2'), line('c', '1')];
const told = (most: number) => groupsOf(lines, most).groups.map(({ clusterId, lines: own }) => `${clusterId} ${own.map(({ serviceId }) => serviceId).join('')}`);

test('the cluster with the gravest service comes first, with its others', () => expect(told(10)).toEqual(['b 12', 'a 1', 'c 1']));

test('what has no room is counted', () => {
  expect(told(2)).toEqual(['b 1', 'a 1']);
  expect([groupsOf(lines, 2).left, groupsOf(lines, 10).left, groupsOf([], 10).left]).toEqual([2, 0, 0]);
});
