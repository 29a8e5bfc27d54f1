// What of a drawing is in sight, as nodes and edges of React Flow. What did not change is the very same object, and is not rendered again.
import type { ClusterDefinition, ClusterDirector, RealServer, VirtualService } from '@weir/model';
import { Position, type NodeHandle } from '@xyflow/react';
import type { LinkView } from '../../../server/gateway/director-view.ts';
import type { FormFinding } from '../../cluster-form/definition/findings.ts';
import type { Host, Hosts } from '../graph/hosts.ts';
import { realServerNode, serviceNode, type NodeKey, type NodeKind } from '../graph/node-key.ts';
import type { Marked } from '../graph/marks.ts';
import type { Unsent } from '../graph/unsent.ts';
import type { Layout, PlacedLane, PlacedNode } from '../layout/lay-out.ts';
import type { Place } from '../layout/place.ts';
import { kindsOf } from '../nodes/group-node.tsx';
import type { LaneFlowNode } from '../nodes/lane-node.tsx';
import type { DrawnNode } from '../nodes/node-data.ts';
import type { WireFlowEdge } from '../wires/wire-edge.tsx';

export type FlowNode = DrawnNode | LaneFlowNode;

export interface Scene {
  readonly definition: ClusterDefinition;
  readonly layout: Layout;
  readonly seen: readonly PlacedNode[];
  readonly selected: ReadonlySet<NodeKey>;
  readonly focused: NodeKey | null;
  /** Where nodes are while they are dragged. */
  readonly dragged: ReadonlyMap<NodeKey, Place>;
  readonly target: NodeKey | null;
  readonly marks: ReadonlyMap<NodeKey, Marked<FormFinding>>;
  readonly unsent: (key: NodeKey, object: object) => Unsent | null;
  readonly nameOf: (directorId: string) => string;
  readonly linkOf: (directorId: string) => LinkView | null;
  readonly editable: boolean;
  readonly hosts: Hosts;
  /** What is pointed at. */
  readonly pointed: NodeKey | null;
  /** What each kind of node is called by those who do not see it. */
  readonly roles: Readonly<Record<NodeKind, string>>;
}

/** Remembers what was made of what. */
export class FlowCache {
  readonly #nodes = new Map<NodeKey, { readonly from: readonly unknown[]; readonly made: FlowNode }>();
  readonly #edges = new Map<string, { readonly from: readonly unknown[]; readonly made: WireFlowEdge }>();

  node(key: NodeKey, from: readonly unknown[], make: () => FlowNode): FlowNode {
    return once(this.#nodes, key, from, make);
  }

  edge(key: string, from: readonly unknown[], make: () => WireFlowEdge): WireFlowEdge {
    return once(this.#edges, key, from, make);
  }
}

const cachedMax = 5_000;

function once<T>(cache: Map<string, { readonly from: readonly unknown[]; readonly made: T }>, key: string, from: readonly unknown[], make: () => T): T {
  const before = cache.get(key);
  if (before !== undefined && before.from.length === from.length && before.from.every((part, index) => Object.is(part, from[index]))) return before.made;
  if (cache.size > cachedMax) cache.clear();
  const made = make();
  cache.set(key, { from, made });
  return made;
}

export function nodesOf(scene: Scene, cache: FlowCache): FlowNode[] {
  return [...scene.layout.lanes.map((lane) => laneOf(scene, lane, cache)), ...scene.seen.flatMap((node) => drawnOf(scene, node, cache) ?? [])];
}

function access(scene: Scene, key: NodeKey, kind: NodeKind) {
  const selected = scene.selected.has(key);
  return {
    selected, ariaRole: 'button' as const,
    domAttributes: { tabIndex: scene.focused === key ? 0 : -1, 'aria-pressed': selected, 'aria-roledescription': scene.roles[kind] },
  };
}

function laneOf(scene: Scene, { lane, x, y, width, height }: PlacedLane, cache: FlowCache): FlowNode {
  const { key, directorId } = lane;
  const index = scene.definition.directors.findIndex((each) => each.directorId === directorId);
  const director: ClusterDirector | null = scene.definition.directors[index] ?? null;
  const name = directorId === null ? '' : scene.nameOf(directorId);
  const link = directorId === null ? null : scene.linkOf(directorId);
  const marks = scene.marks.get(key) ?? null;
  return cache.node(key, [lane, y, height, director, name, link, marks, scene.selected.has(key), scene.focused === key], () => ({
    id: key, type: 'lane', position: { x, y }, width, height, zIndex: -1, draggable: false, selectable: false, connectable: false,
    style: { pointerEvents: 'none' }, data: { lane, name, dip: director?.dip ?? null, link, marks }, ...access(scene, key, 'lane'),
  }));
}

const byId = new WeakMap<VirtualService, ReadonlyMap<string, RealServer>>();

function realServerIn(service: VirtualService, key: NodeKey): RealServer | null {
  const known = byId.get(service) ?? new Map(service.realServers.map((realServer) => [realServerNode(service.id, realServer.id), realServer]));
  byId.set(service, known);
  return known.get(key) ?? null;
}

function drawnOf(scene: Scene, node: PlacedNode, cache: FlowCache): FlowNode | null {
  const service = scene.definition.services[node.block.index];
  const object = service === undefined || node.kind !== 'realServer' ? service : realServerIn(service, node.key);
  if (service === undefined || object === undefined || object === null) return null;
  const { key, kind, width, height } = node;
  const { x, y } = scene.dragged.get(key) ?? node;
  const state = { marks: scene.marks.get(key) ?? null, unsent: kind === 'group' ? null : scene.unsent(key, object), target: scene.target === key };
  const host = kind === 'realServer' ? scene.hosts.get(key) : undefined;
  const twin = host !== undefined && isMarked(scene, host);
  const from = [object, service.id, x, y, ...Object.values(state), scene.selected.has(key), scene.focused === key, scene.editable, host?.services.join(), twin];
  return cache.node(key, from, () => {
    const common = { id: key, position: { x, y }, width, height, connectable: scene.editable, draggable: scene.editable, ...access(scene, key, kind) };
    if ('rip' in object) return { ...common, type: 'realServer', handles: [socket(height)], data: { service, realServer: object, services: host?.services ?? null, twin, ...state } };
    if (kind === 'group') return { ...common, type: 'folded', handles: [socket(height)], data: { service, ...state } };
    return { ...common, type: 'service', handles: [plug(width, height)], data: { service, ...state } };
  });
}

/** Wherever one of its nodes is chosen or pointed at, the others are shown too. */
function isMarked({ selected, pointed }: Pick<Scene, 'selected' | 'pointed'>, { nodes }: Host): boolean {
  return nodes.some((key) => key === pointed || selected.has(key));
}

function plug(width: number, height: number): NodeHandle {
  return { type: 'source', position: Position.Right, x: width, y: height / 2, width: 0, height: 0 };
}

function socket(height: number): NodeHandle {
  return { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 0, height: 0 };
}

export function edgesOf(scene: Scene, cache: FlowCache): WireFlowEdge[] {
  return scene.seen.flatMap((node) => {
    const service = scene.definition.services[node.block.index];
    if (service === undefined || node.kind === 'service') return [];
    const realServer = node.kind === 'group' ? null : realServerIn(service, node.key);
    const method = realServer?.method.kind ?? kindsOf(service.realServers)[0] ?? 'proxied';
    const unsent = realServer !== null && scene.unsent(node.key, realServer) !== null;
    const weight = realServer?.weight ?? null;
    const selected = scene.selected.has(node.key);
    const { busX } = scene.layout;
    return [cache.edge(node.key, [service.id, method, unsent, selected, weight, node.width, busX], () => ({
      id: node.key, type: 'wire', source: serviceNode(service.id), target: node.key, selected, focusable: false, selectable: false,
      // React Flow would say two ids.
      domAttributes: { 'aria-hidden': true, 'aria-label': undefined },
      data: {
        method, serviceId: service.id, realServerId: realServer?.id ?? null, unsent, idle: weight === 0,
        label: weight === null ? '' : `w ${Number.isNaN(weight) ? '…' : weight}`, nodeWidth: node.width, busX,
      },
    }))];
  });
}
