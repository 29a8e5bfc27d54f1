// The rows of the table: each virtual service, and below it its real servers.
import type { ClusterDefinition, RealServer, VirtualService } from '@weir/model';
import { realServerNode, serviceNode, type NodeKey } from '../canvas/graph/node-key.ts';

interface InService {
  readonly key: NodeKey;
  readonly service: VirtualService;
  /** The service's place in the definition. */
  readonly index: number;
}
export type ServiceRow = InService & { readonly kind: 'service' };
export type RealServerRow = InService & { readonly kind: 'realServer'; readonly realServer: RealServer; readonly place: number };
export type TableRow = ServiceRow | RealServerRow;

export interface TableRows {
  readonly rows: readonly TableRow[];
  readonly placeOf: ReadonlyMap<NodeKey, number>;
}

/** A draft is never changed in place: the rows of a service that is the same object are the same too, and are not drawn again. */
const known = new WeakMap<VirtualService, readonly TableRow[]>();

export function rowsOf({ services }: Pick<ClusterDefinition, 'services'>): TableRows {
  const rows = services.flatMap((service, index) => {
    const before = known.get(service);
    if (before?.[0]?.index === index) return before;
    const own = rowsOfService(service, index);
    known.set(service, own);
    return own;
  });
  return { rows, placeOf: new Map(rows.map(({ key }, place) => [key, place])) };
}

function rowsOfService(service: VirtualService, index: number): TableRow[] {
  return [
    { kind: 'service', key: serviceNode(service.id), service, index },
    ...service.realServers.map((realServer, place): TableRow => (
      { kind: 'realServer', key: realServerNode(service.id, realServer.id), service, index, realServer, place })),
  ];
}
