// The drawing's other views of a definition: marks, what is not on the wire yet, search, and the way of the arrow keys.
import { tutorialCluster, type ClusterDefinition } from '@weir/model';
import { expect, test } from 'vitest';
import { foldedByCount, lanesOf } from './lanes.ts';
import { marksOf } from './marks.ts';
import { columnsOf, neighbour, type Direction } from './neighbours.ts';
import { groupNode, laneNode, nodeOf, realServerNode, refOf, serviceIdOf, serviceNode } from './node-key.ts';
import { search } from './search.ts';
import { unsentOf } from './unsent.ts';

const cluster = tutorialCluster('a');
const [web] = cluster.services;
if (web === undefined) throw new Error('the tutorial has a service');
const [rs20, rs30] = web.realServers;
if (rs20 === undefined || rs30 === undefined) throw new Error('the tutorial has two real servers');
const many = { ...web, id: 'many', name: 'many', realServers: Array.from({ length: 13 }, (_, index) => ({ ...rs20, id: `m${index}`, rip: `10.0.0.${index}` })) };
const two: ClusterDefinition = { ...cluster, directors: [...cluster.directors, { directorId: 'b', dip: { ipv4: null, ipv6: 'fd00::9' } }], services: [web, many] };

const finding = (severity: 'error' | 'warning', ...path: (string | number)[]) => ({ severity, path });

test('a key and the object that it stands for are the same, but for what is none', () => {
  for (const ref of [
    { kind: 'service', serviceId: 'web' }, { kind: 'realServer', serviceId: 'web', realServerId: 'rs-20' }, { kind: 'director', directorId: 'a' },
  ] as const) expect(refOf(nodeOf(ref) ?? '')).toEqual(ref);
  expect([refOf(groupNode('web')), refOf(laneNode(null)), nodeOf({ kind: 'vip', address: '10.0.0.1' })]).toEqual([null, null, null]);
  expect([serviceIdOf(groupNode('web')), serviceIdOf(laneNode('a'))]).toEqual(['web', null]);
});

test('findings are at the object that their place belongs to', () => {
  const marks = marksOf(two, [
    finding('error', 'services', 0, 'realServers', 1, 'rip'), finding('warning', 'services', 0, 'realServers', 1), finding('warning', 'services', 1, 'match', 'vip'),
    finding('error', 'directors', 1, 'dip', 'ipv4'), finding('warning', 'vips', 0, 'holder'), finding('error', 'name'), finding('error', 'services', 9),
  ]);
  expect([...marks].map(([key, { errors, warnings }]) => [key, errors, warnings])).toEqual([
    [realServerNode('web', 'rs-30'), 1, 1], [serviceNode('many'), 0, 1], [laneNode('b'), 1, 0], [laneNode('a'), 0, 1],
  ]);
});

test('not on the wire yet is what was not there, or was otherwise; a service is not changed by its real servers', () => {
  const unsent = unsentOf(cluster);
  expect(unsent(serviceNode('web'), { ...web, realServers: [] })).toBeNull();
  expect(unsent(serviceNode('web'), { ...web, name: 'other' })).toBe('changed');
  expect(unsent(realServerNode('web', 'rs-20'), { ...rs20 })).toBeNull();
  expect(unsent(realServerNode('web', 'new'), { ...rs30 })).toBe('new');
  expect(unsentOf(null)(serviceNode('web'), web)).toBeNull();
});

test.each([
  ['web', [serviceNode('web')]], ['127.0.8.30', [realServerNode('web', 'rs-30')]], [':8080', 17], ['127.0.8.200', [serviceNode('web'), serviceNode('many')]],
  ['FD00', [laneNode('b')]], ['lvs-', [laneNode('a'), laneNode('b')]], [' ', []], ['nothing', []],
] as const)('%s finds %j', (text, expected) => {
  const found = search(two, text, (id) => `lvs-${id}`);
  expect(typeof expected === 'number' ? found.length : found).toEqual(expected);
});

test('arrow keys go along columns and wires, and stop at the ends', () => {
  const columns = columnsOf(lanesOf(two, foldedByCount));
  const go = (from: string, ...directions: Direction[]) => directions.reduce<string | null>((at, direction) => (at === null ? null : neighbour(columns, at, direction)), from);
  expect(go(laneNode('a'), 'right')).toBe(serviceNode('web'));
  expect(go(laneNode('a'), 'right', 'right')).toBe(realServerNode('web', 'rs-20'));
  expect(go(realServerNode('web', 'rs-20'), 'down', 'down')).toBe(groupNode('many'));
  expect(go(groupNode('many'), 'left')).toBe(serviceNode('many'));
  expect(go(serviceNode('many'), 'up', 'left', 'down')).toBe(laneNode('b'));
  expect([go(laneNode('b'), 'right'), go(laneNode('a'), 'left'), go(laneNode('a'), 'up'), go(groupNode('many'), 'down'), go('s:gone', 'down')]).toEqual([null, null, null, null, null]);
  expect(go(realServerNode('web', 'rs-20'), 'last', 'first')).toBe(realServerNode('web', 'rs-20'));
});
