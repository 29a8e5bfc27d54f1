'use client';
// What is looked at: all of it, one object, nearer, farther.
import { useReactFlow } from '@xyflow/react';
import { useMemo, type RefObject } from 'react';
import type { NodeKey } from '../graph/node-key.ts';
import type { Layout } from '../layout/lay-out.ts';
import type { FlowNode } from '../flow/to-flow.ts';
import type { WireFlowEdge } from '../wires/wire-edge.tsx';

export const zoomMin = 0.15;
export const zoomMax = 2;
/** A picture of two servers is not blown up, and one of a thousand not made unreadable: of a tall one the upper end is seen. */
const fitMax = 1;
const fitMin = 0.55;
const marginPx = 24;

/** The whole of it, or of a tall one the upper end: on a narrow screen too what matters is to its right. */
export function fitted({ width, height }: { readonly width: number; readonly height: number }, bounds: { readonly width: number; readonly height: number }): { x: number; y: number; zoom: number } {
  const margin = Math.min(marginPx, width / 40);
  const across = (width - 2 * margin) / bounds.width;
  const zoom = Math.min(fitMax, across, Math.max(fitMin, (height - 2 * margin) / bounds.height));
  return { x: Math.max(margin, (width - bounds.width * zoom) / 2), y: margin, zoom: Math.max(zoomMin, zoom) };
}

export interface Camera {
  readonly fit: () => void;
  /** Moves no further than it has to. */
  readonly reveal: (key: NodeKey) => void;
  readonly zoomBy: (factor: number) => void;
}

export function useCamera(element: RefObject<HTMLElement | null>, layout: Layout): Camera {
  const flow = useReactFlow<FlowNode, WireFlowEdge>();
  return useMemo(() => {
    const size = () => ({ width: element.current?.clientWidth ?? 0, height: element.current?.clientHeight ?? 0 });
    return {
      fit: () => {
        const { width, height } = size();
        if (width > 0) void flow.setViewport(fitted({ width, height }, layout.bounds));
      },
      reveal: (key) => {
        const rect = layout.byKey.get(key) ?? laneHead(layout, key);
        const { width, height } = size();
        if (rect === undefined || width === 0) return;
        const { x, y, zoom } = flow.getViewport();
        const [dx, dy] = [shift(rect.x * zoom + x, rect.width * zoom, width), shift(rect.y * zoom + y, rect.height * zoom, height)];
        if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
      },
      zoomBy: (factor) => void flow.zoomTo(Math.min(zoomMax, Math.max(zoomMin, flow.getZoom() * factor))),
    };
  }, [element, flow, layout]);
}

/** How far something has to move to be in sight. */
function shift(at: number, length: number, room: number): number {
  if (at < marginPx) return marginPx - at;
  return at + length > room - marginPx ? room - marginPx - at - length : 0;
}

function laneHead({ lanes }: Layout, key: NodeKey) {
  const lane = lanes.find((each) => each.lane.key === key);
  return lane && { x: lane.x, y: lane.y, width: lane.width, height: 44 };
}
