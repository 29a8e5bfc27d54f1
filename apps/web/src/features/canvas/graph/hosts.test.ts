// The same host in several services.
import { tutorialCluster, type RealServer } from '@weir/model';
import { expect, test } from 'vitest';
import { hostsOf } from './hosts.ts';
import { realServerNode } from './node-key.ts';

const { services: [web] } = tutorialCluster('lvs-a');
if (web === undefined) throw new Error('a service');
const [like] = web.realServers;
if (like === undefined) throw new Error('a real server');
const on = (id: string, rip: string): RealServer => ({ ...like, id, rip });

test('is told at each of its nodes; who serves in one service alone is not', () => {
  const hosts = hostsOf({ services: [
    { ...web, id: 's1', name: 'web', realServers: [on('a', '10.0.0.1'), on('b', '10.0.0.2'), on('c', '')] },
    { ...web, id: 's2', name: 'mail', realServers: [on('a', '10.0.0.1'), on('twice', '10.0.0.3'), on('again', '10.0.0.3'), on('d', '')] },
    { ...web, id: 's3', name: 'v6', realServers: [on('e', 'fd00::1')] },
    { ...web, id: 's4', name: '', realServers: [on('f', 'FD00:0::1 ')] },
  ] });
  expect(hosts.get(realServerNode('s1', 'a'))).toEqual({ nodes: [realServerNode('s1', 'a'), realServerNode('s2', 'a')], services: ['web', 'mail'] });
  expect(hosts.get(realServerNode('s2', 'a'))).toBe(hosts.get(realServerNode('s1', 'a')));
  expect(hosts.get(realServerNode('s4', 'f'))?.services).toEqual(['v6', '127.0.8.200:8080']);
  expect(hosts.size).toBe(4);
});
