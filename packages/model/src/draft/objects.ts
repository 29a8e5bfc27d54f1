// Finds and replaces objects of a draft by their ids.
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import type { NewId, ObjectRef, RealServerRef } from './edit.ts';

export function serviceOf({ services }: ClusterDefinition, serviceId: string): VirtualService | null {
  return services.find(({ id }) => id === serviceId) ?? null;
}

export function realServerOf(draft: ClusterDefinition, { serviceId, realServerId }: RealServerRef): RealServer | null {
  return serviceOf(draft, serviceId)?.realServers.find(({ id }) => id === realServerId) ?? null;
}

export function withService(draft: ClusterDefinition, serviceId: string, change: (service: VirtualService) => VirtualService): ClusterDefinition {
  return { ...draft, services: draft.services.map((service) => (service.id === serviceId ? change(service) : service)) };
}

export function withRealServers(draft: ClusterDefinition, serviceId: string, realServers: readonly RealServer[]): ClusterDefinition {
  return withService(draft, serviceId, (service) => ({ ...service, realServers: [...service.realServers, ...realServers] }));
}

/** An id that none of these has. */
export function freeId(used: ReadonlySet<string>, newId: NewId): string {
  for (;;) {
    const id = newId();
    if (!used.has(id)) return id;
  }
}

export function idsOf(items: readonly { readonly id: string }[]): Set<string> {
  return new Set(items.map(({ id }) => id));
}

/** What of a selection is there: whole services, and real servers of services that are not in it themselves. */
export interface Chosen {
  readonly services: readonly VirtualService[];
  readonly realServers: readonly { readonly service: VirtualService; readonly realServer: RealServer }[];
}

export function chosen(draft: ClusterDefinition, refs: readonly ObjectRef[]): Chosen {
  const whole = new Set(refs.flatMap((ref) => (ref.kind === 'service' ? [ref.serviceId] : [])));
  const single = new Set(refs.flatMap((ref) => (ref.kind === 'realServer' ? [placeOf(ref)] : [])));
  const others = draft.services.filter(({ id }) => !whole.has(id));
  return {
    services: draft.services.filter(({ id }) => whole.has(id)),
    realServers: others.flatMap((service) => service.realServers.flatMap((realServer) => (
      single.has(placeOf({ serviceId: service.id, realServerId: realServer.id })) ? [{ service, realServer }] : []))),
  };
}

export function placeOf({ serviceId, realServerId }: Pick<RealServerRef, 'serviceId' | 'realServerId'>): string {
  return `${serviceId} ${realServerId}`;
}

/** Without the real servers at these places. */
export function withoutPlaces(draft: ClusterDefinition, places: ReadonlySet<string>): ClusterDefinition {
  return {
    ...draft, services: draft.services.map((service) => {
      const realServers = service.realServers.filter(({ id }) => !places.has(placeOf({ serviceId: service.id, realServerId: id })));
      return realServers.length === service.realServers.length ? service : { ...service, realServers };
    }),
  };
}
