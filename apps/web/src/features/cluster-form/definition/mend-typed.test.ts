// Mends in a draft that is not whole.
import { tutorialCluster, type ClusterDefinition, type VirtualService } from '@weir/model';
import { expect, test } from 'vitest';
import { mendTyped } from './mend-typed.ts';
import { findingsOfTyped } from './use-findings.ts';

const cluster = tutorialCluster('d1');
const web = cluster.services[0] as VirtualService;
const [one] = web.realServers;
const typing: VirtualService = { ...web, id: 'typing', name: 'typing', match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.2x', port: 81 } };
const twice: VirtualService = { ...web, name: '', realServers: [...web.realServers.map((realServer) => ({ ...realServer, name: '' })), { ...one!, id: 'again', name: '' }] };
const draft: ClusterDefinition = { ...cluster, name: '', services: [typing, twice] };
const mendable = (of: ClusterDefinition) => findingsOfTyped(of, []).filter((finding) => finding.mendable);

test('a cluster without a name, as an imported one is, is mended in its place, and nothing is named by it', () => {
  const [finding] = mendable(draft);
  expect(finding?.path.slice(0, 2)).toEqual(['services', 1]);
  const mended = mendTyped(draft, finding!, []);
  expect(mended).toEqual({ ...draft, services: [typing, { ...twice, realServers: twice.realServers.slice(0, 2) }] });
  expect(mended?.services[0]).toBe(typing);
  expect(mendable(mended!)).toEqual([]);
});

test('what is gone, or has not the right shape any more, is not mended', () => {
  const [finding] = mendable(draft);
  expect(mendTyped(cluster, finding!, [])).toBeNull();
  expect(mendTyped({ ...draft, services: [twice, typing] }, finding!, [])).toBeNull();
  expect(mendTyped({ ...draft, vips: [{ address: 'x', holder: null }] }, finding!, [])).toBeNull();
});
