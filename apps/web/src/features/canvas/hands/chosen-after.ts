// What is chosen after React Flow said what it selected and let go. It knows only what is in sight, and no directors.
import type { NodeChange } from '@xyflow/react';
import type { FlowNode } from '../flow/to-flow.ts';
import { kindOf, type NodeKey } from '../graph/node-key.ts';

/** `anew`: a hand began to choose without a key that adds to what is chosen, so that nothing stays that nobody sees. Null: nothing was said of it. */
export function chosenAfter(selected: ReadonlySet<NodeKey>, changes: readonly NodeChange<FlowNode>[], { inSight, anew }: {
  readonly inSight: ReadonlySet<NodeKey>; readonly anew: boolean;
}): ReadonlySet<NodeKey> | null {
  const said = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
  if (said.length === 0) return null;
  const after = new Set(anew ? [...selected].filter((key) => inSight.has(key) && kindOf(key) !== 'lane') : selected);
  for (const { id, selected: chosen } of said) {
    if (chosen) after.add(id);
    else after.delete(id);
  }
  return after;
}
