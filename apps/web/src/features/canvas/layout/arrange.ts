// What a person does to the places of a drawing: moves nodes, opens and folds a service. Nothing of it is a change of the cluster.
import type { Block, Lane } from '../graph/lanes.ts';
import { serviceNode, type NodeKey } from '../graph/node-key.ts';
import { layOut, type Layout, type PlacedNode } from './lay-out.ts';
import { box, gap, pitch, serversX, serviceX, size } from './measures.ts';
import { Occupied } from './occupied.ts';
import { nodesOf, placeKey, type Place, type Places } from './place.ts';

/** Far enough for any picture; farther is a slip of the hand. */
const farthestX = serversX + 6 * (size.realServer.width + 40);

const farthestY = 5_000_000;

/** Services stay in their director's box, real servers to the right of it, both within their lane. */
function inBounds({ kind }: PlacedNode, { x, y }: Place): Place {
  if (kind === 'service') return { x: serviceX, y: Math.min(farthestY, Math.max(box.header, Math.round(y))) };
  return { x: Math.min(farthestX, Math.max(serversX, Math.round(x))), y: Math.min(farthestY, Math.max(0, Math.round(y))) };
}

/** The places after nodes were dropped at `to`, which counts from the top of the drawing. Onto another node nothing drops: it comes to rest where it is free. */
export function moved(layout: Layout, to: ReadonlyMap<NodeKey, Place>): Places {
  const places = new Map(layout.places);
  const tops = new Map(layout.lanes.map(({ lane, y }) => [lane.key, y]));
  for (const [key, { x, y }] of to) {
    const node = layout.byKey.get(key);
    if (node !== undefined) places.set(placeKey(node.lane, key), inBounds(node, { x, y: y - (tops.get(node.lane) ?? 0) }));
  }
  return resting(layout, places, new Set(to.keys()));
}

/** Moved nodes that would lie on others go down to where it is free. */
function resting(layout: Layout, places: Map<string, Place>, movedKeys: ReadonlySet<NodeKey>): Places {
  for (const lane of new Set([...movedKeys].map((key) => layout.byKey.get(key)?.lane))) {
    const occupied = new Occupied();
    const nodes = layout.nodes.filter((node) => node.lane === lane);
    const rectOf = ({ key, lane: of, width, height }: PlacedNode) => ({ ...places.get(placeKey(of, key)) ?? { x: 0, y: 0 }, width, height });
    for (const node of nodes) if (!movedKeys.has(node.key)) occupied.add(rectOf(node));
    for (const node of nodes.filter(({ key }) => movedKeys.has(key))) {
      let rect = rectOf(node);
      while (!occupied.isFree(rect)) rect = { ...rect, y: rect.y + gap };
      occupied.add(rect);
      places.set(placeKey(node.lane, node.key), { x: rect.x, y: rect.y });
    }
  }
  return places;
}

/** A service opens or folds: its real servers begin where the group was, what lies below moves by what comes or goes. */
export function withFold(lanes: readonly Lane[], layout: Layout, serviceId: string): Places {
  const service = layout.byKey.get(serviceNode(serviceId));
  const lane = lanes.find(({ key }) => key === service?.lane);
  const next = lane?.blocks.find((block) => block.serviceId === serviceId);
  if (service === undefined || lane === undefined || next === undefined) return layout.places;
  const places = new Map(layout.places);
  const before = extent(service.block, lane, places);
  for (const { key, kind } of nodesOf(next)) if (kind !== 'service') places.delete(placeKey(lane.key, key));
  const rows = next.folded ? 1 : next.realServerIds.length;
  const growth = Math.max(size.service.height, rows * pitch - gap) - Math.max(size.service.height, before.bottom - before.top);
  for (const node of layout.nodes) {
    if (node.lane !== lane.key || node.block.serviceId === serviceId) continue;
    const place = places.get(placeKey(lane.key, node.key));
    if (place !== undefined && place.y >= before.bottom) places.set(placeKey(lane.key, node.key), { x: place.x, y: Math.max(0, place.y + growth) });
  }
  return places;
}

function extent(block: Block, lane: Lane, places: Places): { top: number; bottom: number } {
  const own = nodesOf(block).flatMap(({ key, kind }) => {
    const place = places.get(placeKey(lane.key, key));
    return place === undefined ? [] : [{ top: place.y, bottom: place.y + size[kind].height }];
  });
  const top = Math.min(...own.map((each) => each.top));
  return { top, bottom: Math.max(top + size.service.height, ...own.map((each) => each.bottom)) };
}

/** As if it were drawn for the first time. */
export function tidied(lanes: readonly Lane[]): Places {
  return layOut(lanes, new Map()).places;
}

