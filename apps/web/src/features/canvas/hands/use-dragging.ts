'use client';
// Nodes in a person's hand: they are drawn where the pointer is, and find their place when they are let go.
import type { RealServerRef } from '@weir/model';
import type { NodeChange } from '@xyflow/react';
import { useCallback, useState } from 'react';
import type { FlowNode } from '../flow/to-flow.ts';
import { kindOf, refOf, serviceIdOf, serviceNode, type NodeKey } from '../graph/node-key.ts';
import { nodeAt } from '../layout/in-view.ts';
import type { Layout } from '../layout/lay-out.ts';
import type { Place } from '../layout/place.ts';

export interface Dragging {
  readonly dragged: ReadonlyMap<NodeKey, Place>;
  readonly target: NodeKey | null;
  readonly onChanges: (changes: readonly NodeChange<FlowNode>[]) => void;
  /** `at`: the pointer. */
  readonly over: (at: Place) => void;
  readonly drop: () => void;
}

export interface Drops {
  readonly onPlaced: (to: ReadonlyMap<NodeKey, Place>) => void;
  readonly onMoved: (realServers: readonly RealServerRef[], serviceId: string) => void;
}

const nothing: ReadonlyMap<NodeKey, Place> = new Map();

export function useDragging(layout: Layout, { onPlaced, onMoved }: Drops): Dragging {
  const [dragged, setDragged] = useState(nothing);
  const [target, setTarget] = useState<NodeKey | null>(null);
  const onChanges = useCallback((changes: readonly NodeChange<FlowNode>[]) => {
    const moves = changes.flatMap((change) => (change.type === 'position' && change.position !== undefined && change.dragging === true ? [[change.id, change.position] as const] : []));
    if (moves.length > 0) setDragged((before) => withServers(layout, new Map([...before, ...moves])));
  }, [layout]);
  const over = useCallback((at: Place) => {
    const refs = realServersOf(dragged);
    const node = refs.length === 0 ? null : nodeAt(layout, at, ({ key, block }) => dragged.has(key) || refs.some(({ serviceId }) => serviceId === block.serviceId));
    setTarget(node === null ? null : serviceNode(node.block.serviceId));
  }, [dragged, layout]);
  const drop = useCallback(() => {
    const into = target === null ? null : serviceIdOf(target);
    if (into !== null) onMoved(realServersOf(dragged), into);
    else if (dragged.size > 0) onPlaced(dragged);
    setDragged(nothing);
    setTarget(null);
  }, [dragged, onMoved, onPlaced, target]);
  return { dragged, target, onChanges, over, drop };
}

/** A service takes its real servers along. */
function withServers(layout: Layout, dragged: Map<NodeKey, Place>): ReadonlyMap<NodeKey, Place> {
  for (const key of [...dragged.keys()].filter((each) => kindOf(each) === 'service')) {
    const service = layout.byKey.get(key);
    const at = dragged.get(key);
    if (service === undefined || at === undefined) continue;
    for (const node of layout.nodes) {
      // A service has its column; what goes aside are its real servers alone.
      if (node.block.serviceId === service.block.serviceId && node.key !== key) dragged.set(node.key, { x: node.x, y: node.y + at.y - service.y });
    }
    dragged.set(key, { x: service.x, y: at.y });
  }
  return dragged;
}

function realServersOf(dragged: ReadonlyMap<NodeKey, Place>): RealServerRef[] {
  const refs = [...dragged.keys()].map(refOf);
  // With its service a real server moves on the picture, not to another service.
  if (refs.some((ref) => ref?.kind === 'service')) return [];
  return refs.flatMap((ref) => (ref?.kind === 'realServer' ? [ref] : []));
}
