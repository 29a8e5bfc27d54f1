// What React Flow is told: only what is in sight, and the very same objects for what did not change.
import { changeRealServers, tutorialCluster, type ClusterDefinition, type MethodKind } from '@weir/model';
import { expect, test } from 'vitest';
import { foldedByCount, lanesOf } from '../graph/lanes.ts';
import { hostsOf } from '../graph/hosts.ts';
import { groupNode, realServerNode, serviceNode } from '../graph/node-key.ts';
import { unsentOf } from '../graph/unsent.ts';
import { inView } from '../layout/in-view.ts';
import { layOut } from '../layout/lay-out.ts';
import { edgesOf, FlowCache, nodesOf, type Scene } from './to-flow.ts';

const tutorial = tutorialCluster('a');
const everything = { x: -1e6, y: -1e6, width: 2e6, height: 2e6 };
const roles = { service: 'Virtual service', realServer: 'Real server', group: 'Folded', lane: 'Director' };

function sceneOf(definition: ClusterDefinition, changes: Partial<Scene> = {}): Scene {
  const layout = layOut(lanesOf(definition, foldedByCount), new Map());
  return {
    definition, layout, seen: inView(layout, everything, []), selected: new Set(), focused: null, dragged: new Map(), target: null, marks: new Map(), unsent: unsentOf(tutorial),
    nameOf: (id) => `lvs-${id}`, linkOf: () => null, editable: true, roles, hosts: hostsOf(definition), pointed: null, ...changes,
  };
}

const served = (count: number, kinds: readonly MethodKind[]): ClusterDefinition => ({
  ...tutorial,
  services: tutorial.services.map((service) => ({
    ...service,
    realServers: Array.from({ length: count }, (_, index) => {
      const kind = kinds[index % kinds.length] ?? 'nat';
      const method = kind === 'tun' ? { kind, tunnel: { type: 'ipip' as const } } : { kind };
      return { id: `r${index}`, name: `r${index}`, rip: `10.0.0.${index}`, port: 80, weight: index, method, thresholds: { upper: 0, lower: 0 } };
    }),
  })),
});

test('each object is a node with its kind and its place, each real server has a wire', () => {
  const scene = sceneOf(tutorial);
  const nodes = nodesOf(scene, new FlowCache());
  expect(nodes.map(({ id, type, domAttributes }) => [id, type, domAttributes?.['aria-roledescription']])).toEqual([
    ['d:a', 'lane', 'Director'], [serviceNode('web'), 'service', 'Virtual service'], [realServerNode('web', 'rs-20'), 'realServer', 'Real server'],
    [realServerNode('web', 'rs-30'), 'realServer', 'Real server'],
  ]);
  expect(edgesOf(scene, new FlowCache()).map(({ source, target, data }) => [source, target, data?.method, data?.label])).toEqual([
    [serviceNode('web'), realServerNode('web', 'rs-20'), 'proxied', 'w 1'], [serviceNode('web'), realServerNode('web', 'rs-30'), 'proxied', 'w 1'],
  ]);
});

test('what did not change is the very same object; what did is another one', () => {
  const cache = new FlowCache();
  const before = sceneOf(tutorial);
  const [nodes, edges] = [nodesOf(before, cache), edgesOf(before, cache)];
  expect(nodesOf(sceneOf(tutorial, { layout: before.layout, unsent: before.unsent }), cache).map((node, index) => node === nodes[index])).toEqual([true, true, true, true]);
  const weighed = changeRealServers(tutorial, [{ kind: 'realServer', serviceId: 'web', realServerId: 'rs-20' }], { weight: 5 })?.after ?? tutorial;
  const next = { ...sceneOf(weighed), layout: before.layout, seen: before.seen };
  const after = nodesOf(next, cache);
  // The service holds its real servers, so it is another one too; nothing else is.
  expect(after.map((node, index) => node === nodes[index])).toEqual([true, false, false, true]);
  expect(edgesOf(next, cache).map((edge, index) => edge === edges[index])).toEqual([false, true]);
  expect(after[2]?.data).toMatchObject({ unsent: 'changed' });
});

test('each method has its own wire, a weight of 0 is an idle one, and a folded service is one wire', () => {
  const wires = edgesOf(sceneOf(served(4, ['nat', 'dr', 'tun', 'proxied'])), new FlowCache());
  expect(wires.map(({ data }) => data?.method)).toEqual(['nat', 'dr', 'tun', 'proxied']);
  expect(wires.map(({ data }) => data?.idle)).toEqual([true, false, false, false]);
  const [folded, ...others] = edgesOf(sceneOf(served(13, ['dr'])), new FlowCache());
  expect(folded).toMatchObject({ target: groupNode('web'), data: { method: 'dr', label: '', realServerId: null } });
  expect(others).toEqual([]);
});

test('what is dragged is where the pointer is, and exactly one object can be reached by Tab', () => {
  const key = realServerNode('web', 'rs-20');
  const nodes = nodesOf(sceneOf(tutorial, { dragged: new Map([[key, { x: 5, y: 6 }]]), focused: key, selected: new Set([key]) }), new FlowCache());
  expect(nodes.find(({ id }) => id === key)).toMatchObject({ position: { x: 5, y: 6 }, selected: true });
  expect(nodes.flatMap(({ id, domAttributes }) => (domAttributes?.tabIndex === 0 ? [id] : []))).toEqual([key]);
});

test('a host that serves in two services is marked in both while one of its nodes is pointed at or chosen', () => {
  const [web] = tutorial.services;
  if (web === undefined) throw new Error('a service');
  const two = { ...tutorial, services: [web, { ...web, id: 'mail', name: 'mail', realServers: web.realServers.slice(0, 1) }] };
  const twins = (changes: Partial<Scene>) => nodesOf(sceneOf(two, changes), new FlowCache()).flatMap((node) => (node.type === 'realServer' && node.data.twin ? [node.id] : []));
  const both = [realServerNode('web', 'rs-20'), realServerNode('mail', 'rs-20')];
  expect(twins({})).toEqual([]);
  expect(twins({ pointed: realServerNode('mail', 'rs-20') })).toEqual(both);
  expect(twins({ selected: new Set([realServerNode('web', 'rs-20')]) })).toEqual(both);
  expect(twins({ pointed: realServerNode('web', 'rs-30') })).toEqual([]);
});
