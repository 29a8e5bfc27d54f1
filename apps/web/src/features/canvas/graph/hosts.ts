// Hosts that serve in several services: each is drawn once in each of them, and told to be the same.
import { canonicalAddress, serviceCalled, type ClusterDefinition, type VirtualService } from '@weir/model';
import { realServerNode, type NodeKey } from './node-key.ts';

export interface Host {
  /** Where it is drawn, in the order of the services. */
  readonly nodes: readonly NodeKey[];
  /** What the services are called in which it serves. */
  readonly services: readonly string[];
}

/** Those that serve in more than one service, by each of their nodes. */
export type Hosts = ReadonlyMap<NodeKey, Host>;

interface Serving {
  readonly rip: string;
  readonly key: NodeKey;
}

/** A draft is never changed in place. */
const known = new WeakMap<VirtualService, readonly Serving[]>();

function servingIn(service: VirtualService): readonly Serving[] {
  const before = known.get(service);
  if (before !== undefined) return before;
  const serving = service.realServers.flatMap(({ id, rip }) => {
    const address = canonicalAddress(rip.trim());
    return address === null ? [] : [{ rip: address, key: realServerNode(service.id, id) }];
  });
  known.set(service, serving);
  return serving;
}

export function hostsOf({ services }: Pick<ClusterDefinition, 'services'>): Hosts {
  const byRip = new Map<string, { readonly nodes: NodeKey[]; readonly services: VirtualService[] }>();
  for (const service of services) {
    for (const { rip, key } of servingIn(service)) {
      const host = byRip.get(rip) ?? { nodes: [], services: [] };
      host.nodes.push(key);
      if (host.services.at(-1) !== service) host.services.push(service);
      byRip.set(rip, host);
    }
  }
  const hosts = new Map<NodeKey, Host>();
  for (const { nodes, services: serving } of byRip.values()) {
    if (serving.length < 2) continue;
    const host = { nodes, services: serving.map(serviceCalled) };
    for (const key of nodes) hosts.set(key, host);
  }
  return hosts;
}
