// What groups are called, and where they lead.
import { tutorialCluster } from '@weir/model';
import { expect, it } from 'vitest';
import { groupNames } from './group-names.ts';

const [web] = tutorialCluster('lb-1').services;
if (web === undefined) throw new Error('the tutorial has a service');
const [first, second] = web.realServers;
if (first === undefined || second === undefined) throw new Error('it has two real servers');
const vip = web.match.kind === 'address' ? web.match : null;
const key = `tcp ${vip?.vip}:${vip?.port}`;
const endpoint = `${first.rip}:${first.port}`;

it('services and real servers are called by their names, and lead to their connections', () => {
  const names = groupNames([web], { state: 'CLOSE', groupBy: 'service' }, true);
  expect(names('service')(key)).toEqual({ text: `${web.name} · ${key}`, view: { state: 'CLOSE', serviceId: web.id } });
  expect(names('service')('tcp 10.9.9.9:1')).toEqual({ text: 'tcp 10.9.9.9:1', view: null });
  expect(names('realServer')(endpoint)).toEqual({ text: `${first.name} · ${endpoint}`, view: { state: 'CLOSE', rip: first.rip } });
  expect(names('realServer')('[fd00::1]:80')).toEqual({ text: '[fd00::1]:80', view: { state: 'CLOSE', rip: 'fd00::1' } });
});

it('one that two services call differently is its address', () => {
  const other = { ...web, id: 'other', realServers: [{ ...first, name: 'another name' }, second] };
  const names = groupNames([web, other], {}, true)('realServer');
  expect([names(endpoint).text, names(`${second.rip}:${second.port}`).text]).toEqual([endpoint, `${second.name} · ${second.rip}:${second.port}`]);
});

it('a network leads to its clients, a client to its connections, and nobody is looked for who may not be seen', () => {
  expect(groupNames([], { groupBy: 'network' }, true)('network')('10.0.0.0/24').view).toEqual({ network: '10.0.0.0/24', groupBy: 'client' });
  expect(groupNames([], { network: '10.0.0.0/24', groupBy: 'client' }, true)('client')('10.0.0.7').view).toEqual({ client: '10.0.0.7' });
  expect(groupNames([web], {}, false)('realServer')(endpoint).view).toBeNull();
  expect(groupNames([], {}, false)('protocol')('tcp')).toEqual({ text: 'TCP', view: { protocol: 'tcp' } });
  expect(groupNames([], {}, false)('state')('CLOSE').view).toEqual({ state: 'CLOSE' });
});
