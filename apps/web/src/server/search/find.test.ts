// Search over the wanted revisions and the directors.
import { expect, test } from 'vitest';
import { SearchAnswer, SearchInput } from '../../search/found.ts';
import type { KnownRevision } from '../clusters/standings.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import { webCluster } from '../testing/directors.ts';
import { findObjects } from './find.ts';

const revision = (clusterId: string, name: string, vip: string, rips: readonly string[]): KnownRevision => ({
  clusterId, name, number: 1, author: 'Ann', authorId: 'ann', reason: '', basedOn: null, createdAt: new Date(0), approval: { state: 'saved' },
  definition: webCluster({ name, directorIds: ['lvs-a'], vip, realServers: rips.map((address) => ({ address, port: 80 })) }),
});
const director = (id: string, name: string, hostname: string | null): DirectorView => ({
  id, name, address: '192.0.2.1:9348', keyHash: '', enrolledAt: new Date(0), accepted: null, drift: null, driftSinceMs: null,
  link: { state: 'connected', since: 0, lastSeenAt: 0, error: null },
  hello: hostname === null ? null : { hostname, version: 3, agentVersion: '', capabilities: Object.create(null), health: null, startedAtMs: 0 },
});

const searched = {
  wanted: [revision('shop', 'Shop', '127.1.1.1', ['10.0.1.12', '10.0.1.120']), revision('mail', 'Mail', '127.1.1.12', ['10.0.1.12'])],
  directors: [director('lvs-a', 'Edge A', 'node-17.example'), director('lvs-b', 'Edge B', null)],
};
const find = (text: string, more: Partial<SearchInput> = {}) => SearchAnswer.parse(findObjects(searched, SearchInput.parse({ text, ...more })));
const found = (text: string) => find(text).found.map(({ kind, clusterId, directorId, address }) => `${kind} ${clusterId ?? directorId ?? ''} ${address ?? ''}`.trim());

test('a RIP finds its real servers in every cluster, the exact one first', () => {
  expect(found('10.0.1.12')).toEqual(['realServer mail 10.0.1.12:80', 'realServer shop 10.0.1.12:80', 'realServer shop 10.0.1.120:80']);
});

test('a VIP finds its service before what only begins so, and its cluster', () => {
  expect(found('127.1.1.1').slice(0, 2)).toEqual(['service shop tcp 127.1.1.1:8080', 'service mail tcp 127.1.1.12:8080']);
  expect(found('127.1.1.1')).toContain('cluster shop');
  expect(found('127.1.1.1:8080')[0]).toBe('service shop tcp 127.1.1.1:8080');
});

test('a port and a protocol find services and real servers', () => {
  expect(found('tcp :8080')).toEqual(['service mail tcp 127.1.1.12:8080', 'service shop tcp 127.1.1.1:8080']);
});

test('a name finds the cluster, then what is in it', () => {
  expect(found('mail')).toEqual(['cluster mail', 'service mail tcp 127.1.1.12:8080', 'realServer mail 10.0.1.12:80']);
});

test('a director is found by its name and its host’s, with the clusters it serves', () => {
  expect(found('edge a')).toEqual(['director lvs-a node-17.example', 'cluster mail', 'cluster shop']);
  expect(found('node-17')).toEqual(['director lvs-a node-17.example']);
  expect(found('edge b')).toEqual(['director lvs-b 192.0.2.1:9348']);
});

test('it is bounded, can be of one kind, and says how many fit besides', () => {
  expect(find('10.0.1', { limit: 1 })).toMatchObject({ found: [{ kind: 'realServer' }], more: 2 });
  expect(find('mail', { kinds: ['service'] })).toMatchObject({ found: [{ kind: 'service', serviceName: 'web', clusterName: 'Mail' }], more: 0 });
  expect(SearchInput.safeParse({ text: ' ' }).success).toBe(false);
  expect(SearchInput.safeParse({ text: 'x', limit: 51 }).success).toBe(false);
});

test('a new revision is searched anew', () => {
  const renamed = { ...searched, wanted: [revision('shop', 'Store', '127.1.1.1', [])] };
  expect(findObjects(renamed, SearchInput.parse({ text: 'store' })).found.map(({ kind }) => kind)).toEqual(['cluster', 'service']);
  expect(findObjects(renamed, SearchInput.parse({ text: '10.0.1.12' })).found).toEqual([]);
});
