// The layout: nothing lies on anything, and what is added moves nothing.
import { duplicate, moveRealServers, type ClusterDefinition, type RealServer, type VirtualService } from '@weir/model';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldedByCount, lanesOf, type IsFolded } from '../graph/lanes.ts';
import { groupNode, realServerNode, serviceNode } from '../graph/node-key.ts';
import { moved, tidied, withFold } from './arrange.ts';
import { inView } from './in-view.ts';
import { layOut, type Layout } from './lay-out.ts';
import { box } from './measures.ts';
import type { Rect } from './occupied.ts';

const realServer = (id: string): RealServer => (
  { id, name: id, rip: '10.1.0.1', port: 80, weight: 1, method: { kind: 'nat' }, thresholds: { upper: 0, lower: 0 } });
const service = (id: string, vip: string, count: number): VirtualService => ({
  id, name: id, match: { kind: 'address', protocol: 'tcp', vip, port: 80 }, scheduler: { name: 'rr' }, persistence: null, onePacket: false,
  realServers: Array.from({ length: count }, (_, index) => realServer(`${id}-${index}`)),
});
/** Service by service how many real servers; VIPs go to several directors in turn, then one to nobody. */
const cluster = (counts: readonly number[], directors = ['a', 'b']): ClusterDefinition => ({
  schema: 1, name: 'edge', directors: directors.map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } })),
  vips: counts.map((_, index) => ({ address: `10.0.0.${index + 1}`, holder: directors[directors.length === 1 ? 0 : index % (directors.length + 1)] ?? null })),
  services: counts.map((count, index) => service(`s${index}`, `10.0.0.${index + 1}`, count)),
});

const halfTyped = (directors: string[]) => ({ ...cluster([1], directors), vips: [], services: [service('s0', '10.0.', 1)] });
const open: IsFolded = () => false;
const draw = (definition: ClusterDefinition, kept: Layout['places'] = new Map(), isFolded = open) => layOut(lanesOf(definition, isFolded), kept);
const counts = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 9 });

function overlaps(one: Rect, other: Rect): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

function expectNothingOnAnything({ nodes, lanes }: Layout): void {
  nodes.forEach((node, index) => nodes.slice(index + 1).forEach((other) => expect(overlaps(node, other), `${node.key} ${other.key}`).toBe(false)));
  lanes.forEach((lane, index) => lanes.slice(index + 1).forEach((other) => expect(overlaps(lane, other)).toBe(false)));
  for (const node of nodes) {
    const lane = lanes.find((each) => each.lane.key === node.lane);
    expect(node.y >= (lane?.y ?? 0) && node.y + node.height <= (lane?.y ?? 0) + (lane?.height ?? 0), `${node.key} is in its lane`).toBe(true);
  }
}

/** In a lane's own measure: a lane that grows moves those below it as they are. */
const relative = (layout: Layout) => new Map(layout.nodes.map(({ key, x, y, lane }) => (
  [key, { x, y: y - (layout.lanes.find((each) => each.lane.key === lane)?.y ?? 0), lane }])));

test('everything is drawn once, in its lane, and nothing on anything', () => fc.assert(fc.property(counts, (each) => {
  const definition = cluster(each);
  const layout = draw(definition);
  expectNothingOnAnything(layout);
  expect(layout.nodes).toHaveLength(each.length + each.reduce((sum, count) => sum + count, 0));
})));

test('what is kept stays to the pixel, and the layout of the same is the same', () => fc.assert(fc.property(counts, (each) => {
  const definition = cluster(each);
  const layout = draw(definition);
  expect(draw(definition, layout.places).nodes).toEqual(layout.nodes);
  expect(draw(definition).nodes).toEqual(layout.nodes);
})));

test('adding moves no other node of its lane, and no node at all where it has room', () => {
  const additions = fc.array(fc.record({ service: fc.nat(8), count: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(counts, additions, (each, added) => {
    let definition = cluster(each);
    let layout = draw(definition);
    for (const { service: index, count } of added) {
      const grown = definition.services[index];
      const more = grown === undefined ? service(`new${definition.services.length}`, '10.0.0.1', count)
        : { ...grown, realServers: [...grown.realServers, ...Array.from({ length: count }, (_, one) => realServer(`${grown.id}+${grown.realServers.length + one}`))] };
      definition = { ...definition, services: grown === undefined ? [...definition.services, more] : definition.services.with(index, more) };
      const next = draw(definition, layout.places);
      expectNothingOnAnything(next);
      const [before, after] = [relative(layout), relative(next)];
      expect([...before.keys()].map((key) => after.get(key))).toEqual([...before.values()]);
      const grew = next.lanes.findIndex(({ height }, lane) => height !== layout.lanes[lane]?.height);
      const below = grew === -1 ? Infinity : (next.lanes[grew]?.y ?? 0) + 1;
      const above = layout.nodes.filter(({ lane }) => (layout.lanes.find((one) => one.lane.key === lane)?.y ?? 0) < below);
      expect(above.map(({ key }) => next.byKey.get(key)?.y)).toEqual(above.map(({ y }) => y));
      layout = next;
    }
  }));
});

test('one more real server finds room right below the others', () => {
  const before = draw(cluster([2, 2], ['a']));
  const definition = cluster([3, 2], ['a']);
  const after = draw(definition, before.places);
  expect(after.byKey.get(realServerNode('s0', 's0-2'))).toMatchObject({ x: before.byKey.get(realServerNode('s0', 's0-1'))?.x });
  expect(after.bounds).toEqual(before.bounds);
});

test('what is taken out and put back is where it was', () => {
  const definition = cluster([2, 3], ['a']);
  const layout = draw(definition);
  const without = draw({ ...definition, services: definition.services.slice(1) }, layout.places);
  expect(draw(definition, without.places).nodes).toEqual(layout.nodes);
});

test('a service goes to the lane of whoever holds its VIP, and finds its old place when it comes back', () => {
  const definition = cluster([2, 2]);
  const layout = draw(definition);
  expect(layout.byKey.get(serviceNode('s0'))?.lane).toBe('d:a');
  const handed = draw({ ...definition, vips: definition.vips.map((vip) => ({ ...vip, holder: 'b' })) }, layout.places);
  expect(handed.byKey.get(serviceNode('s0'))?.lane).toBe('d:b');
  expectNothingOnAnything(handed);
  expect(draw(definition, handed.places).nodes).toEqual(layout.nodes);
});

test('half a VIP is drawn with the only director; with several, nobody holds it yet', () => {
  expect(draw(halfTyped(['a'])).nodes.map(({ lane }) => lane)).toEqual(['d:a', 'd:a']);
  expect(draw(halfTyped(['a', 'b'])).nodes.map(({ lane }) => lane)).toEqual(['n:', 'n:']);
});

test('above twelve real servers a service is one group, which opens in its place and folds again', () => {
  const definition = cluster([13, 12, 3], ['a']);
  const folded = draw(definition, new Map(), foldedByCount);
  expect(folded.nodes.map(({ key }) => key)).toContain(groupNode('s0'));
  expect(folded.nodes.filter(({ kind }) => kind === 'realServer')).toHaveLength(15);
  const lanes = lanesOf(definition, open);
  const opened = layOut(lanes, withFold(lanes, folded, 's0'));
  expectNothingOnAnything(opened);
  expect(opened.nodes.filter(({ kind }) => kind === 'realServer')).toHaveLength(28);
  const columns = new Set(opened.nodes.filter(({ kind }) => kind === 'realServer').map(({ x }) => x));
  expect(columns.size).toBe(1);
  const again = lanesOf(definition, foldedByCount);
  const closed = layOut(again, withFold(again, opened, 's0'));
  expectNothingOnAnything(closed);
  expect(closed.bounds).toEqual(folded.bounds);
});

test('what a person moves stays in its column and its lane, on nothing else, and is there the next time', () => {
  const to = fc.array(fc.record({ node: fc.nat(40), x: fc.integer({ min: -2_000, max: 5_000 }), y: fc.integer({ min: -2_000, max: 5_000 }) }), { maxLength: 5 });
  fc.assert(fc.property(counts, to, (each, drops) => {
    const definition = cluster(each);
    const layout = draw(definition);
    const dropped = new Map(drops.flatMap(({ node, x, y }) => {
      const key = layout.nodes[node]?.key;
      return key === undefined ? [] : [[key, { x, y }]];
    }));
    const next = draw(definition, moved(layout, dropped));
    expectNothingOnAnything(next);
    expect(next.nodes).toHaveLength(layout.nodes.length);
    expect(new Set(next.nodes.filter(({ kind }) => kind === 'service').map(({ x }) => x - box.x - box.padding))).toEqual(new Set(each.length === 0 ? [] : [0]));
    expect(draw(definition, next.places).nodes).toEqual(next.nodes);
    expect(draw(definition, tidied(lanesOf(definition, open))).nodes).toEqual(layout.nodes);
  }));
});

test('a real server that is dropped in the open is exactly there', () => {
  const layout = draw(cluster([2], ['a']));
  const at = { x: 1_000, y: 300 };
  expect(draw(cluster([2], ['a']), moved(layout, new Map([[realServerNode('s0', 's0-0'), at]]))).byKey.get(realServerNode('s0', 's0-0'))).toMatchObject(at);
});

test('edits of the draft keep everything else in its place', () => {
  const definition = cluster([2, 3, 1], ['a']);
  const layout = draw(definition);
  const ids = ['x', 'y', 'z'];
  const doubled = duplicate(definition, [{ kind: 'service', serviceId: 's0' }], () => ids.pop() ?? 'w')?.after ?? definition;
  const after = draw(doubled, layout.places);
  expectNothingOnAnything(after);
  for (const node of layout.nodes) expect(after.byKey.get(node.key)).toMatchObject({ x: node.x });
  const shifted = moveRealServers(definition, [{ kind: 'realServer', serviceId: 's1', realServerId: 's1-0' }], 's0', () => 'w')?.after ?? definition;
  const then = draw(shifted, layout.places);
  expectNothingOnAnything(then);
  expect(then.byKey.get(realServerNode('s0', 's1-0'))).toBeDefined();
});

test('in view is what lies there, with the services of its wires', () => {
  const layout = draw(cluster([9, 9, 9, 9, 9, 9], ['a']));
  const view = { x: 600, y: 600, width: 300, height: 200 };
  const seen = inView(layout, view, []);
  const there = layout.nodes.filter((node) => overlaps(node, view));
  expect(seen).toEqual(expect.arrayContaining(there));
  for (const node of seen) expect(node.kind === 'service' || there.includes(node)).toBe(true);
  expect(seen.length).toBeLessThan(layout.nodes.length / 2);
  expect(inView(layout, view, [serviceNode('s5')]).map(({ key }) => key)).toContain(serviceNode('s5'));
});
