// Places the nodes of one lane: what has a place keeps it, and what is new comes where nothing is, near to what it belongs to.
import type { Block, Lane } from '../graph/lanes.ts';
import { groupNode, realServerNode, serviceNode, type NodeKey } from '../graph/node-key.ts';
import { blockGap, box, columnPitch, gap, pitch, serversX, serviceX, size } from './measures.ts';
import { Occupied, type Rect } from './occupied.ts';

/** Upper left corner, seen from that of the lane. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** By `placeKey`: what went to another lane and comes back finds its old place. */
export type Places = ReadonlyMap<string, Place>;

export function placeKey(lane: NodeKey, node: NodeKey): string {
  return `${lane} ${node}`;
}

export interface LaneNode extends Rect {
  readonly key: NodeKey;
  readonly kind: keyof typeof size;
  readonly lane: NodeKey;
  readonly block: Block;
}

/** Columns that are looked through before a real server goes below everything. */
const COLUMNS = 3;

/** Not placed while `y` is no number. One object per node: there are tens of thousands. */
type Placing = LaneNode & { x: number; y: number };

/** Places `lane`; says in `fresh` where the new ones came to be. */
export function placeLane(lane: Lane, kept: Places, fresh: Map<string, Place>): { nodes: Placing[]; height: number } {
  const occupied = new Occupied();
  const blocks = lane.blocks.map((block) => nodesOf(block).map(({ key, kind }): Placing => {
    const { width, height } = size[kind];
    const node = { key, kind, lane: lane.key, block, x: 0, y: Number.NaN, width, height };
    const place = kept.get(placeKey(lane.key, key));
    if (place === undefined) return node;
    node.x = place.x;
    node.y = place.y;
    if (occupied.isFree(node)) occupied.add(node);
    else node.y = Number.NaN;
    return node;
  }));
  for (const block of blocks) placeBlock(block, occupied, fresh);
  return { nodes: blocks.flat(), height: lane.blocks.length === 0 ? box.emptyHeight : occupied.bottom + box.footer };
}

function placeBlock([service, ...others]: readonly Placing[], occupied: Occupied, fresh: Map<string, Place>): void {
  const put = (node: Placing, { x, y }: Place) => {
    node.x = x;
    node.y = y;
    occupied.add(node);
    fresh.set(placeKey(node.lane, node.key), { x, y });
  };
  if (service === undefined) return;
  if (Number.isNaN(service.y)) put(service, { x: serviceX, y: occupied.bottom === 0 ? box.header : occupied.bottom + blockGap });
  const last = others.reduce((y, node) => (node.y > y ? node.y : y), service.y);
  const next = freePlaces(occupied, service.y, last);
  for (const node of others) if (Number.isNaN(node.y)) put(node, next());
}

/** Gives the free places of a block, one after the other: down its column as far as nothing is in the way, then the columns beside, then below everything. */
function freePlaces(occupied: Occupied, top: number, last: number): () => Place {
  let column = 0;
  let y = top;
  return () => {
    while (column < COLUMNS) {
      const place = { x: serversX + column * columnPitch, y };
      const free = occupied.isFree({ ...place, ...size.realServer });
      if (free || y <= last) y += pitch;
      else {
        column += 1;
        y = top;
      }
      // Columns beside end where the first one does.
      if (column > 0 && y > last + pitch) {
        column += 1;
        y = top;
      }
      if (free) return place;
    }
    return { x: serversX, y: occupied.bottom + gap };
  };
}

export function nodesOf({ serviceId, folded, realServerIds }: Block): { key: NodeKey; kind: LaneNode['kind'] }[] {
  const service = { key: serviceNode(serviceId), kind: 'service' as const };
  if (folded) return [service, { key: groupNode(serviceId), kind: 'group' }];
  return [service, ...realServerIds.map((id) => ({ key: realServerNode(serviceId, id), kind: 'realServer' as const }))];
}
