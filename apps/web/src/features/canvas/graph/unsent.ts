// What of a draft is not on the wire yet: what it began with has it not, or has it otherwise.
import { same, type ClusterDefinition } from '@weir/model';
import { realServerNode, serviceNode, type NodeKey } from './node-key.ts';

export type Unsent = 'new' | 'changed';

/** Gives null for what is as it was. A cluster that is not there yet is new as a whole, and marks none of its parts. */
export function unsentOf(base: ClusterDefinition | null): (key: NodeKey, object: object) => Unsent | null {
  if (base === null) return () => null;
  const before = new Map<NodeKey, object>();
  for (const service of base.services) {
    before.set(serviceNode(service.id), service);
    for (const realServer of service.realServers) before.set(realServerNode(service.id, realServer.id), realServer);
  }
  return (key, object) => {
    const was = before.get(key);
    if (was === undefined) return 'new';
    return was === object || same(itself(was), itself(object)) ? null : 'changed';
  };
}

/** A service without its real servers: these say for themselves. */
function itself(object: object): object {
  return 'realServers' in object ? { ...object, realServers: null } : object;
}
