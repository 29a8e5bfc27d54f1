// Findings while somebody types.
import { tutorialCluster, type ClusterDefinition, type VirtualService } from '@weir/model';
import { expect, test } from 'vitest';
import { findingsOfTyped } from './use-findings.ts';

const cluster = tutorialCluster('d1');
const web = cluster.services[0] as VirtualService;
const typing: VirtualService = { ...web, id: 'typing', name: 'typing', match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.2x', port: 81 } };
const empty: VirtualService = { ...web, id: 'empty', name: 'empty', match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.200', port: 82 }, realServers: [] };
const codes = (draft: ClusterDefinition): unknown[] => findingsOfTyped(draft, []).map(({ code, path }) => [code, path.join('.')]);

test('a service that is being typed hides nothing of the others, at their own places', () => {
  expect(codes({ ...cluster, services: [typing, empty, web] })).toEqual([['serviceWithoutRealServers', 'services.1.realServers']]);
});

test('what is said of the cluster waits until each service can be looked at', () => {
  const vips = [...cluster.vips, { address: '127.0.8.201', holder: null }];
  const complete = codes({ ...cluster, vips });
  expect(complete).not.toEqual([]);
  expect(codes({ ...cluster, vips, services: [...cluster.services, typing] })).toEqual([]);
});

test('a name that is not written yet is no fault of the rest', () => {
  expect(codes({ ...cluster, name: '', services: [{ ...empty, name: '' }] })).toEqual([['serviceWithoutRealServers', 'services.0.realServers']]);
});
