'use client';
// A cluster as a picture: what is in sight of it, where a person has put it, and what they point at.
import '@xyflow/react/dist/base.css';
import './canvas.css';
import type { ClusterDefinition, RealServerRef } from '@weir/model';
import { Background, BackgroundVariant, ReactFlow, SelectionMode, type NodeChange, type OnConnectEnd } from '@xyflow/react';
import { useEffect, useEffectEvent, useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { LinkView } from '../../server/gateway/director-view.ts';
import type { FormFinding } from '../cluster-form/definition/findings.ts';
import { useFollowed } from './figures/use-figures.tsx';
import { edgesOf, FlowCache, nodesOf, type FlowNode } from './flow/to-flow.ts';
import { useScene } from './flow/use-scene.ts';
import { columnsOf } from './graph/neighbours.ts';
import { groupNode, kindOf, refOf, serviceIdOf, type NodeKey } from './graph/node-key.ts';
import { nodeAt } from './layout/in-view.ts';
import type { Place } from './layout/place.ts';
import { GroupNode } from './nodes/group-node.tsx';
import { LaneNode } from './nodes/lane-node.tsx';
import { RealServerNode } from './nodes/real-server-node.tsx';
import { ServiceNode } from './nodes/service-node.tsx';
import { zoomMax, zoomMin } from './sight/use-camera.ts';
import { actOnKey, type CanvasKeys } from './hands/use-canvas-keys.ts';
import { useDragging } from './hands/use-dragging.ts';
import type { Drawing } from './sight/use-drawing.ts';
import { useFlowPoint } from './hands/use-flow-point.ts';
import { Plumbing } from './wires/plumbing.tsx';
import { WireEdge } from './wires/wire-edge.tsx';

const nodeTypes = { service: ServiceNode, realServer: RealServerNode, group: GroupNode, lane: LaneNode };
const edgeTypes = { wire: WireEdge };
const mouseButtons = { middle: 1, right: 2 };

/** What a hand does on the drawing that changes the draft. */
export interface CanvasEditing extends NonNullable<CanvasKeys['editing']> {
  readonly onMove: (realServers: readonly RealServerRef[], serviceId: string) => void;
  readonly onConnect: (host: RealServerRef, serviceId: string) => void;
  /** Something of the palette, at this place. */
  readonly onDropped: (kind: string, at: Place) => void;
}

export interface CanvasProps {
  definition: ClusterDefinition;
  /** What is on the wire, or was when the draft began; null: nothing is. */
  base: ClusterDefinition | null;
  name: string;
  findings: readonly FormFinding[];
  nameOf: (directorId: string) => string;
  /** How the panel's link to a director stands; null: not known. */
  linkOf: (directorId: string) => LinkView | null;
  drawing: Drawing;
  /** Null: only to be looked at. */
  editing: CanvasEditing | null;
  onOpen: (key: NodeKey) => void;
  onSearch: () => void;
}

export function Canvas(props: CanvasProps) {
  const { name, drawing, editing, onOpen, onSearch } = props;
  const t = useTranslations('canvas');
  const hintId = useId();
  const { layout, lanes, selected, focused, camera, sight, element, select, focus, move, fold } = drawing;
  const [cache] = useState(() => new FlowCache());
  const dragging = useDragging(layout, { onPlaced: move, onMoved: (refs, serviceId) => editing?.onMove(refs, serviceId) });
  const scene = useScene(props, dragging);
  const nodes = useMemo(() => nodesOf(scene, cache), [scene, cache]);
  const edges = useMemo(() => edgesOf(scene, cache), [scene, cache]);
  const columns = useMemo(() => columnsOf(lanes), [lanes]);
  const pointAt = useFlowPoint();
  useFollowed(useMemo(() => scene.seen.flatMap(({ kind, block }) => (kind === 'service' && !block.folded ? [block.serviceId] : [])), [scene.seen]));
  useFocusing(drawing);
  useFirstLook(drawing);
  const toggleFold = (serviceId: string) => fold(serviceId, !layout.byKey.has(groupNode(serviceId)));
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    const acted = actOnKey(event, {
      columns, focused, onFocus: focus, onOpen, onSearch, onFold: toggleFold, editing,
      onToggle: (key) => select(selected.has(key) ? [...selected].filter((each) => each !== key) : [...selected, key]),
      onClear: () => select([]),
      onSelectAll: () => select(layout.nodes.map(({ key }) => key)),
      onZoom: camera.zoomBy, onFit: camera.fit,
    });
    if (acted) event.preventDefault();
  };
  const change = (changes: NodeChange<FlowNode>[]) => {
    dragging.onChanges(changes);
    const chosen = changes.flatMap((one) => (one.type === 'select' ? [one] : []));
    if (chosen.length === 0) return;
    const next = new Set(selected);
    for (const one of chosen) if (one.selected) next.add(one.id);
    else next.delete(one.id);
    select(next);
  };
  const connected: OnConnectEnd = (event, { fromNode }) => {
    const serviceId = fromNode === null ? null : serviceIdOf(fromNode.id);
    if (serviceId === null || editing === null) return;
    const node = nodeAt(layout, pointAt(event), ({ block }) => block.serviceId === serviceId);
    const ref = node === null ? null : refOf(node.key);
    if (ref?.kind === 'realServer') editing.onConnect(ref, serviceId);
    else if (node === null) editing.onAddRealServer(serviceId);
  };
  const click = (event: MouseEvent, { id }: FlowNode) => {
    if (kindOf(id) === 'lane') select(event.ctrlKey || event.metaKey ? [...selected, id] : [id]);
    focus(id);
  };
  return (
    <section ref={element} aria-label={name === '' ? t('title') : t('titleNamed', { name })} aria-describedby={hintId} className="relative min-h-0 min-w-0 flex-1 bg-bg">
      <span id={hintId} className="sr-only">{t('keysHint')}</span>
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes}
        onKeyDown={keys}
        onDragOver={(event) => editing !== null && event.dataTransfer.types.includes(paletteType) && event.preventDefault()}
        onDrop={(event) => editing?.onDropped(event.dataTransfer.getData(paletteType), pointAt(event))}
        onNodesChange={change} onMove={sight.onMove} minZoom={zoomMin} maxZoom={zoomMax}
        onNodeClick={click} onNodeDoubleClick={(_, { id }) => (kindOf(id) === 'group' ? toggleFold(serviceIdOf(id) ?? '') : onOpen(id))}
        onNodeDrag={(event) => dragging.over(pointAt(event))} onNodeDragStop={dragging.drop}
        onSelectionDrag={(event) => dragging.over(pointAt(event))} onSelectionDragStop={dragging.drop}
        onConnectEnd={connected} connectionRadius={30}
        nodesFocusable={false} edgesFocusable={false} disableKeyboardA11y deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={['Control', 'Meta', 'Shift']}
        panOnScroll={editing !== null} zoomOnScroll={editing !== null} selectionOnDrag={editing !== null}
        panOnDrag={editing === null ? true : [mouseButtons.middle, mouseButtons.right]} selectionMode={SelectionMode.Partial} zoomOnDoubleClick={false}
        nodesDraggable={editing !== null} nodesConnectable={editing !== null} nodeDragThreshold={3} elevateNodesOnSelect={false} preventScrolling={editing !== null}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
        <Plumbing layout={layout} definition={props.definition} seen={scene.seen} />
      </ReactFlow>
    </section>
  );
}

/** What the palette hands over while it is dragged. */
export const paletteType = 'application/x-weir-object';

/** What is focused comes into sight, and the keyboard goes there, once it is there. */
function useFocusing({ element, focused, look, camera }: Drawing): void {
  const go = useEffectEvent((next: Drawing['look']) => {
    if (focused === null || next === null) return;
    camera.reveal(focused);
    if (next.keyboard) requestAnimationFrame(() => element.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true }));
  });
  useEffect(() => go(look), [look]);
}

/** All of it, as soon as there is room to look at it. */
function useFirstLook({ element, camera }: Drawing): void {
  const look = useEffectEvent(() => camera.fit());
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (current.clientWidth === 0) return;
      look();
      observer.disconnect();
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
}
