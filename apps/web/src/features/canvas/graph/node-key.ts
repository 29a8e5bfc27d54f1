// The name of a drawn object on the canvas, and the object of the draft that it stands for.
import type { ObjectRef } from '@weir/model';

/** Ids have neither colon nor slash. */
export type NodeKey = string;

export const serviceNode = (serviceId: string): NodeKey => `s:${serviceId}`;
export const realServerNode = (serviceId: string, realServerId: string): NodeKey => `r:${serviceId}/${realServerId}`;
/** The real servers of a folded service. */
export const groupNode = (serviceId: string): NodeKey => `g:${serviceId}`;
export const laneNode = (directorId: string | null): NodeKey => (directorId === null ? nobodysLane : `d:${directorId}`);

/** Of services whose VIP nobody holds. */
export const nobodysLane: NodeKey = 'n:';

export type NodeKind = 'service' | 'realServer' | 'group' | 'lane';

const kinds: Readonly<Record<string, NodeKind>> = { s: 'service', r: 'realServer', g: 'group', d: 'lane', n: 'lane' };

export function kindOf(key: NodeKey): NodeKind {
  return kinds[key.slice(0, 1)] ?? 'lane';
}

/** Null for what is no object: a folded group, and the lane of nobody. */
export function refOf(key: NodeKey): ObjectRef | null {
  const rest = key.slice(2);
  switch (key.slice(0, 1)) {
    case 's': return { kind: 'service', serviceId: rest };
    case 'd': return { kind: 'director', directorId: rest };
    case 'r': {
      const [serviceId = '', realServerId = ''] = rest.split('/');
      return { kind: 'realServer', serviceId, realServerId };
    }
    default: return null;
  }
}

/** Where an object is drawn; a VIP has no node of its own. */
export function nodeOf(ref: ObjectRef): NodeKey | null {
  switch (ref.kind) {
    case 'service': return serviceNode(ref.serviceId);
    case 'realServer': return realServerNode(ref.serviceId, ref.realServerId);
    case 'director': return laneNode(ref.directorId);
    case 'vip': return null;
  }
}

/** The service that a node is, or belongs to; null for a lane. */
export function serviceIdOf(key: NodeKey): string | null {
  return kindOf(key) === 'lane' ? null : key.slice(2).split('/')[0] ?? null;
}
