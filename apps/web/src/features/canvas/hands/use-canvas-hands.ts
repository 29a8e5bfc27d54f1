'use client';
// What keys and pointer do on the canvas.
import type { NodeChange, OnConnectEnd } from '@xyflow/react';
import { useMemo, useRef, type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import type { CanvasProps } from '../canvas.tsx';
import type { FlowNode } from '../flow/to-flow.ts';
import { columnsOf } from '../graph/neighbours.ts';
import { groupNode, kindOf, refOf, serviceIdOf } from '../graph/node-key.ts';
import { nodeAt } from '../layout/in-view.ts';
import { actOnKey } from './act-on-key.ts';
import { chosenAfter } from './chosen-after.ts';
import type { Dragging } from './use-dragging.ts';
import { useFlowPoint } from './use-flow-point.ts';

export function useCanvasHands({ drawing, editing, onOpen, onSearch }: Pick<CanvasProps, 'drawing' | 'editing' | 'onOpen' | 'onSearch'>, dragging: Pick<Dragging, 'onChanges'>, nodes: readonly FlowNode[]) {
  const { layout, lanes, selected, focused, camera, select, focus, attend, fold } = drawing;
  const columns = useMemo(() => columnsOf(lanes), [lanes]);
  const pointAt = useFlowPoint();
  const anew = useRef(false);
  const onFold = (serviceId: string) => fold(serviceId, !layout.byKey.has(groupNode(serviceId)));
  const onKeyDown = (event: KeyboardEvent) => {
    const acted = actOnKey(event, {
      columns, focused, onFocus: focus, onOpen, onSearch, onHelp: () => drawing.help.current?.click(), onFold, editing, onZoom: camera.zoomBy, onFit: camera.fit,
      onToggle: (key) => select(selected.has(key) ? [...selected].filter((each) => each !== key) : [...selected, key]),
      onClear: () => select([]), onSelectAll: () => select(layout.nodes.map(({ key }) => key)),
    });
    if (acted) event.preventDefault();
  };
  /** Also where Tab led. */
  const onFocus = ({ target }: FocusEvent) => {
    const key = target.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
    if (key !== null) attend(key);
  };
  const onChange = (changes: NodeChange<FlowNode>[]) => {
    dragging.onChanges(changes);
    const after = chosenAfter(selected, changes, { inSight: new Set(nodes.map(({ id }) => id)), anew: anew.current });
    if (after === null) return;
    anew.current = false;
    select(after);
  };
  const onPointerDown = ({ ctrlKey, metaKey, shiftKey }: PointerEvent) => {
    anew.current = !ctrlKey && !metaKey && !shiftKey;
  };
  /** A wire was let go: over a real server its host serves this service too, over the ground a new one begins. */
  const onConnected: OnConnectEnd = (event, { fromNode }) => {
    const serviceId = fromNode === null ? null : serviceIdOf(fromNode.id);
    if (serviceId === null || editing === null) return;
    const node = nodeAt(layout, pointAt(event), ({ block }) => block.serviceId === serviceId);
    const ref = node === null ? null : refOf(node.key);
    if (ref?.kind === 'realServer') editing.onConnect(ref, serviceId);
    else if (node === null) editing.onAddRealServer(serviceId);
  };
  const onClick = (event: MouseEvent, { id }: FlowNode) => {
    if (kindOf(id) === 'lane') select(event.ctrlKey || event.metaKey ? [...selected, id] : [id]);
    focus(id);
  };
  return { pointAt, onKeyDown, onFocus, onChange, onClick, onPointerDown, onGround: () => select([]), onConnected, onFold };
}
