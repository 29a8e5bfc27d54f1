// From how far away a node is seen: far off it says its name and nothing that changes.
import type { ReactFlowState } from '@xyflow/react';

const farBelowZoom = 0.5;

export function isFar({ transform }: Pick<ReactFlowState, 'transform'>): boolean {
  return transform[2] < farBelowZoom;
}
