'use client';
// A cluster as a picture: what is in sight of it, where a person has put it, and what they point at.
import '@xyflow/react/dist/base.css';
import './canvas.css';
import type { ClusterDefinition, RealServerRef } from '@weir/model';
import { Background, BackgroundVariant, ReactFlow, SelectionMode } from '@xyflow/react';
import { useEffect, useEffectEvent, useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { LinkView } from '../../server/gateway/director-view.ts';
import type { FormFinding } from '../cluster-form/definition/findings.ts';
import { useFollowed } from './figures/use-figures.tsx';
import { edgesOf, FlowCache, nodesOf } from './flow/to-flow.ts';
import { useScene } from './flow/use-scene.ts';
import { kindOf, serviceIdOf, type NodeKey } from './graph/node-key.ts';
import type { Place } from './layout/place.ts';
import { GroupNode } from './nodes/group-node.tsx';
import { LaneNode } from './nodes/lane-node.tsx';
import { RealServerNode } from './nodes/real-server-node.tsx';
import { ServiceNode } from './nodes/service-node.tsx';
import { zoomMax, zoomMin } from './sight/use-camera.ts';
import type { CanvasKeys } from './hands/act-on-key.ts';
import { useCanvasHands } from './hands/use-canvas-hands.ts';
import { useDragging } from './hands/use-dragging.ts';
import type { Drawing } from './sight/use-drawing.ts';
import { Plumbing } from './wires/plumbing.tsx';
import { WireEdge } from './wires/wire-edge.tsx';

const nodeTypes = { service: ServiceNode, realServer: RealServerNode, folded: GroupNode, lane: LaneNode };
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
  const { name, definition, drawing, editing, onOpen } = props;
  const t = useTranslations('canvas');
  const hintId = useId();
  const keysHint = t(editing === null ? 'keysHintLook' : 'keysHint');
  const { layout, sight, element } = drawing;
  const [cache] = useState(() => new FlowCache());
  const dragging = useDragging(layout, { onPlaced: drawing.move, onMoved: (refs, serviceId) => editing?.onMove(refs, serviceId) });
  const [pointed, setPointed] = useState<NodeKey | null>(null);
  const scene = useScene(props, dragging, pointed);
  const nodes = useMemo(() => nodesOf(scene, cache), [scene, cache]);
  const edges = useMemo(() => edgesOf(scene, cache), [scene, cache]);
  const { pointAt, onKeyDown, onFocus, onChange, onClick, onPointerDown, onGround, onConnected, onFold } = useCanvasHands(props, dragging, nodes);
  useFollowed(useMemo(() => scene.seen.flatMap(({ kind, block }) => (kind === 'service' && !block.folded ? [block.serviceId] : [])), [scene.seen]));
  useFocusing(drawing);
  useFirstLook(drawing);
  return (
    <section ref={element} aria-label={name === '' ? t('title') : t('titleNamed', { name })} aria-describedby={hintId} className="relative min-h-0 min-w-0 flex-1 bg-bg">
      <span id={hintId} className="sr-only">{keysHint}</span>
      <ReactFlow
        {...unchanging} {...(editing === null ? onlyLookedAt : edited)} ariaLabelConfig={useMemo(() => saidOnly(keysHint), [keysHint])} nodes={nodes} edges={edges} onKeyDown={onKeyDown} onFocus={onFocus}
        onDragOver={(event) => editing !== null && event.dataTransfer.types.includes(paletteType) && event.preventDefault()}
        onDrop={(event) => editing?.onDropped(event.dataTransfer.getData(paletteType), pointAt(event))}
        onNodesChange={onChange} onMove={sight.onMove} onNodeClick={onClick} onPointerDownCapture={onPointerDown} onPaneClick={onGround}
        onNodeMouseEnter={(_, { id }) => setPointed(id)} onNodeMouseLeave={() => setPointed(null)}
        onNodeDoubleClick={(_, { id }) => (kindOf(id) === 'group' ? onFold(serviceIdOf(id) ?? '') : onOpen(id))}
        onNodeDrag={(event) => dragging.over(pointAt(event))} onNodeDragStop={dragging.drop}
        onSelectionDrag={(event) => dragging.over(pointAt(event))} onSelectionDragStop={dragging.drop} onConnectEnd={onConnected}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
        <Plumbing layout={layout} definition={definition} seen={scene.seen} view={sight.rendered} />
      </ReactFlow>
    </section>
  );
}

/** React Flow's own keys are off: the canvas has its own. */
const unchanging = {
  nodeTypes, edgeTypes, minZoom: zoomMin, maxZoom: zoomMax, connectionRadius: 30, nodeDragThreshold: 3, elevateNodesOnSelect: false, zoomOnDoubleClick: false,
  nodesFocusable: false, edgesFocusable: false, disableKeyboardA11y: true, deleteKeyCode: null, selectionKeyCode: null,
  multiSelectionKeyCode: ['Control', 'Meta', 'Shift'], selectionMode: SelectionMode.Partial, proOptions: { hideAttribution: true },
};

/** In place of React Flow's own English: its keys are not these, and wires are not read out. */
function saidOnly(keysHint: string) {
  return { 'node.a11yDescription.default': keysHint, 'node.a11yDescription.keyboardDisabled': keysHint, 'edge.a11yDescription.default': '' };
}

const edited = {
  panOnScroll: true, selectionOnDrag: true, panOnDrag: [mouseButtons.middle, mouseButtons.right], nodesDraggable: true, nodesConnectable: true,
};
/** The wheel moves the page. */
const onlyLookedAt = { panOnDrag: true, zoomOnScroll: false, preventScrolling: false, nodesDraggable: false, nodesConnectable: false };

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
