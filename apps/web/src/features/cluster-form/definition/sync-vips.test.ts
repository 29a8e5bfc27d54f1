// The VIPs follow the services.
import { tutorialCluster, type ClusterDefinition } from '@weir/model';
import { expect, test } from 'vitest';
import { keptVips, syncVips, unusedVips } from './sync-vips.ts';

const cluster = tutorialCluster('lvs-a');
const answeringOn = (...vips: string[]): ClusterDefinition => ({
  ...cluster,
  services: vips.map((vip, index) => ({ ...cluster.services[0]!, id: `s${index}`, match: { kind: 'address', protocol: 'tcp', vip, port: 80 } })),
});

test('what is in order stays as it is', () => expect(syncVips(cluster, [])).toEqual(cluster.vips));

test('a renamed VIP keeps its holder', () => {
  const renamed = { ...answeringOn('10.0.0.9'), vips: [{ address: '127.0.8.200', holder: 'lvs-b' }] };
  expect(syncVips(renamed, [])).toEqual([{ address: '10.0.0.9', holder: 'lvs-b' }]);
});

test('a new VIP is held by the only director, and by nobody where there are several', () => {
  const more = answeringOn('127.0.8.200', '10.0.0.9');
  expect(syncVips(more, [])).toContainEqual({ address: '10.0.0.9', holder: 'lvs-a' });
  const two = { ...more, directors: [...more.directors, { directorId: 'lvs-b', dip: { ipv4: null, ipv6: null } }] };
  expect(syncVips(two, [])).toContainEqual({ address: '10.0.0.9', holder: null });
});

test('a half-typed address is no VIP yet, and takes none away', () => {
  expect(syncVips(answeringOn('127.0.8.200', '10.0.'), [])).toEqual(cluster.vips);
  expect(syncVips(answeringOn('10.0.'), [])).toEqual(cluster.vips);
});

test('a mark whose VIPs are being typed anew takes none away', () => {
  const services = cluster.services.map((service) => ({ ...service, match: { kind: 'mark' as const, family: 'ipv4' as const, mark: 1, protocol: 'tcp' as const, vips: [], ports: [] } }));
  expect(syncVips({ ...cluster, services }, [])).toEqual(cluster.vips);
});

test('equal addresses written in two ways are one VIP', () => {
  expect(syncVips({ ...answeringOn('fd00::1', 'FD00:0::1'), vips: [] }, []).map(({ address }) => address)).toEqual(['fd00::1']);
});

test('a VIP that no service used from the beginning is kept', () => {
  const spare = { ...cluster, vips: [...cluster.vips, { address: '10.0.0.7', holder: null }] };
  expect(unusedVips(spare)).toEqual(['10.0.0.7']);
  expect(syncVips(spare, unusedVips(spare))).toEqual(spare.vips);
});

test('a VIP that was being typed when the page was left is not kept beside the one it becomes', () => {
  const kept = keptVips(cluster, answeringOn('10.0.'));
  expect(kept).toEqual([]);
  expect(syncVips(answeringOn('10.0.0.9'), kept)).toEqual([{ address: '10.0.0.9', holder: 'lvs-a' }]);
  const spare = { ...cluster, vips: [...cluster.vips, { address: '10.0.0.7', holder: null }] };
  expect(keptVips(cluster, spare)).toEqual(['10.0.0.7']);
  expect(keptVips(spare, undefined)).toEqual(['10.0.0.7']);
});
