// Copies objects of a draft right behind their originals, other in nothing but their ids: what has to differ, lint says.
import type { ClusterDefinition, RealServer } from '../definition/definition.ts';
import { realServerCalled, serviceCalled } from './called.ts';
import type { Edit, EditName, NewId, ObjectRef } from './edit.ts';
import { chosen, freeId, idsOf, placeOf, type Chosen } from './objects.ts';

/** Services come with their real servers. Null where nothing of it is there. */
export function duplicate(draft: ClusterDefinition, refs: readonly ObjectRef[], newId: NewId): Edit | null {
  const from = chosen(draft, refs);
  const name = nameOf(from);
  if (name === null) return null;
  const touched: ObjectRef[] = [];
  const whole = idsOf(from.services);
  const places = new Set(from.realServers.map(({ service, realServer }) => placeOf({ serviceId: service.id, realServerId: realServer.id })));
  const serviceIds = idsOf(draft.services);
  const copied = (realServers: readonly RealServer[], serviceId: string): RealServer[] => {
    const used = idsOf(realServers);
    return realServers.flatMap((realServer) => {
      if (!places.has(placeOf({ serviceId, realServerId: realServer.id }))) return [realServer];
      const id = freeId(used, newId);
      used.add(id);
      touched.push({ kind: 'realServer', serviceId, realServerId: id });
      return [realServer, { ...realServer, id }];
    });
  };
  const changed = new Set(from.realServers.map(({ service }) => service.id));
  const services = draft.services.flatMap((service) => {
    if (changed.has(service.id)) return [{ ...service, realServers: copied(service.realServers, service.id) }];
    if (!whole.has(service.id)) return [service];
    const id = freeId(serviceIds, newId);
    serviceIds.add(id);
    touched.push({ kind: 'service', serviceId: id });
    return [service, { ...service, id }];
  });
  return { after: { ...draft, services }, name, field: null, touched };
}

function nameOf({ services, realServers }: Chosen): EditName | null {
  const [service] = services;
  const [first] = realServers;
  const count = services.length + realServers.length;
  if (count > 1) return { code: 'duplicateObjects', params: { count } };
  if (service !== undefined) return { code: 'duplicateService', params: { service: serviceCalled(service) } };
  return first === undefined ? null : { code: 'duplicateRealServer', params: { realServer: realServerCalled(first.realServer) } };
}
