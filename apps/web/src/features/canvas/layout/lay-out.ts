// Where everything of a cluster is drawn: lanes below each other, the nodes of each in their columns. What has a place keeps it.
import type { Lane } from '../graph/lanes.ts';
import type { NodeKey } from '../graph/node-key.ts';
import { box, busGap, laneGap, serversX, size } from './measures.ts';
import type { Rect } from './occupied.ts';
import { placeLane, type LaneNode, type Place, type Places } from './place.ts';

export type PlacedNode = LaneNode;

export interface PlacedLane extends Rect {
  readonly lane: Lane;
}

export interface Layout {
  /** The directors' boxes, from top to bottom. */
  readonly lanes: readonly PlacedLane[];
  /** From top to bottom. */
  readonly nodes: readonly PlacedNode[];
  readonly byKey: ReadonlyMap<NodeKey, PlacedNode>;
  /** Where replies that go round the directors come together, to the right of everything. */
  readonly busX: number;
  readonly bounds: Rect;
  /** To be kept: with these as `kept`, nothing moves. The very same where nothing was new. */
  readonly places: Places;
}

/** `kept` may have places of what is not there now: they are kept for it. */
export function layOut(lanes: readonly Lane[], kept: Places): Layout {
  const fresh = new Map<string, Place>();
  const nodes: PlacedNode[] = [];
  const boxes: PlacedLane[] = [];
  let top = 0;
  for (const lane of lanes) {
    const placed = placeLane(lane, kept, fresh);
    boxes.push({ lane, x: box.x, y: top, width: box.width, height: placed.height });
    for (const node of placed.nodes) {
      node.y += top;
      nodes.push(node);
    }
    top += placed.height + laneGap;
  }
  nodes.sort((a, b) => a.y - b.y || a.x - b.x);
  const right = nodes.reduce((most, { x, width }) => Math.max(most, x + width), serversX + size.realServer.width);
  const busX = right + busGap;
  return {
    lanes: boxes, nodes, busX, places: fresh.size === 0 ? kept : new Map([...kept, ...fresh]), byKey: new Map(nodes.map((node) => [node.key, node])),
    bounds: { x: 0, y: 0, width: busX, height: top },
  };
}
