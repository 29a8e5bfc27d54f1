// What of a drawing is in a part of it: only that is rendered.
import { serviceNode, type NodeKey } from '../graph/node-key.ts';
import type { Layout, PlacedNode } from './lay-out.ts';
import { size } from './measures.ts';
import type { Rect } from './occupied.ts';

const tallest = Math.max(...Object.values(size).map(({ height }) => height));

/** The nodes in it, and the services that their wires come from; `also` is there wherever it is. */
export function inView({ nodes, byKey }: Pick<Layout, 'nodes' | 'byKey'>, view: Rect, also: Iterable<NodeKey>): PlacedNode[] {
  const found = new Map<NodeKey, PlacedNode>();
  const add = (node: PlacedNode | undefined) => {
    if (node === undefined) return;
    found.set(node.key, node);
    if (node.kind === 'service') return;
    const service = byKey.get(serviceNode(node.block.serviceId));
    if (service !== undefined) found.set(service.key, service);
  };
  for (let index = firstFrom(nodes, view.y - tallest); index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined || node.y >= view.y + view.height) break;
    if (node.y + node.height > view.y && node.x < view.x + view.width && node.x + node.width > view.x) add(node);
  }
  for (const key of also) add(byKey.get(key));
  return [...found.values()];
}

/** The first that begins at or below `y`. */
function firstFrom(nodes: readonly PlacedNode[], y: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.y ?? 0) < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** With so much of itself around it again. */
export function widened({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - width * by, y: y - height * by, width: width * (1 + 2 * by), height: height * (1 + 2 * by) };
}

export function contains(outer: Rect, inner: Rect): boolean {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
}

/** Whether something lies there, and what: the upper left corner of each node belongs to it. */
export function nodeAt({ nodes }: Pick<Layout, 'nodes'>, { x, y }: { x: number; y: number }, except: (node: PlacedNode) => boolean): PlacedNode | null {
  for (let index = firstFrom(nodes, y - tallest); index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined || node.y > y) return null;
    if (!except(node) && x >= node.x && x <= node.x + node.width && y <= node.y + node.height) return node;
  }
  return null;
}

