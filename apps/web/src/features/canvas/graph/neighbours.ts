// Where an arrow key leads: up and down along a column, right to what an object sends to, left to where it comes from.
import { nodesOf } from '../layout/place.ts';
import type { Lane } from './lanes.ts';
import { kindOf, serviceIdOf, serviceNode, type NodeKey } from './node-key.ts';

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

export interface Columns {
  readonly lanes: readonly NodeKey[];
  readonly services: readonly NodeKey[];
  readonly servers: readonly NodeKey[];
  readonly laneOf: ReadonlyMap<NodeKey, NodeKey>;
  readonly firstOf: ReadonlyMap<NodeKey, NodeKey>;
}

export function columnsOf(lanes: readonly Lane[]): Columns {
  const [services, servers]: [NodeKey[], NodeKey[]] = [[], []];
  const laneOf = new Map<NodeKey, NodeKey>();
  const firstOf = new Map<NodeKey, NodeKey>();
  for (const lane of lanes) {
    for (const block of lane.blocks) {
      const [service, ...others] = nodesOf(block).map(({ key }) => key);
      if (service === undefined) continue;
      services.push(service);
      laneOf.set(service, lane.key);
      if (!firstOf.has(lane.key)) firstOf.set(lane.key, service);
      if (others[0] !== undefined) firstOf.set(service, others[0]);
      for (const other of others) servers.push(other);
    }
  }
  return { lanes: lanes.map(({ key }) => key), services, servers, laneOf, firstOf };
}

/** Null where it leads nowhere. */
export function neighbour(columns: Columns, from: NodeKey, direction: Direction): NodeKey | null {
  const kind = kindOf(from);
  if (direction === 'right') return columns.firstOf.get(from) ?? null;
  if (direction === 'left') {
    const serviceId = serviceIdOf(from);
    if (serviceId === null) return null;
    return kind === 'service' ? columns.laneOf.get(from) ?? null : serviceNode(serviceId);
  }
  const column = kind === 'lane' ? columns.lanes : kind === 'service' ? columns.services : columns.servers;
  if (direction === 'first') return column[0] ?? null;
  if (direction === 'last') return column.at(-1) ?? null;
  const at = column.indexOf(from);
  return at === -1 ? null : column[at + (direction === 'up' ? -1 : 1)] ?? null;
}
