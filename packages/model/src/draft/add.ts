// Adds to a draft: services, real servers, directors; and moves real servers from one service to another.
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import { realServerCalled, serviceCalled } from './called.ts';
import type { Edit, NewId, RealServerRef } from './edit.ts';
import { chosen, freeId, idsOf, placeOf, realServerOf, serviceOf, withoutPlaces, withRealServers } from './objects.ts';

export type ServiceFields = Omit<VirtualService, 'id'>;
export type RealServerFields = Omit<RealServer, 'id'>;

/** Adds a service; its real servers come with it. */
export function addService(draft: ClusterDefinition, fields: ServiceFields, newId: NewId): Edit {
  const service = { ...fields, id: freeId(idsOf(draft.services), newId) };
  return {
    after: { ...draft, services: [...draft.services, service] },
    name: { code: 'addService', params: { service: serviceCalled(service) } }, field: null, touched: [{ kind: 'service', serviceId: service.id }],
  };
}

/** Null where the service is no more. */
export function addRealServer(draft: ClusterDefinition, serviceId: string, fields: RealServerFields, newId: NewId): Edit | null {
  const service = serviceOf(draft, serviceId);
  if (service === null) return null;
  const realServer = { ...fields, id: freeId(idsOf(service.realServers), newId) };
  return {
    after: withRealServers(draft, serviceId, [realServer]),
    name: { code: 'addRealServer', params: { realServer: realServerCalled(realServer), service: serviceCalled(service) } },
    field: null, touched: [{ kind: 'realServer', serviceId, realServerId: realServer.id }],
  };
}

/** The host of this real server answers for another service too: same name, address, port and method. Null where one of both is no more. */
export function connectHost(draft: ClusterDefinition, host: RealServerRef, serviceId: string, newId: NewId): Edit | null {
  const realServer = realServerOf(draft, host);
  return realServer === null ? null : addRealServer(draft, serviceId, realServer, newId);
}

/** Null where nothing of it is there to be moved. Keeps ids where the other service has none like them. */
export function moveRealServers(draft: ClusterDefinition, refs: readonly RealServerRef[], serviceId: string, newId: NewId): Edit | null {
  const target = serviceOf(draft, serviceId);
  const moving = chosen(draft, refs).realServers.filter(({ service }) => service.id !== serviceId);
  const [first] = moving;
  if (target === null || first === undefined) return null;
  const used = idsOf(target.realServers);
  const moved = moving.map(({ realServer }) => {
    const id = used.has(realServer.id) ? freeId(used, newId) : realServer.id;
    used.add(id);
    return id === realServer.id ? realServer : { ...realServer, id };
  });
  const places = new Set(moving.map(({ service, realServer }) => placeOf({ serviceId: service.id, realServerId: realServer.id })));
  const service = serviceCalled(target);
  return {
    after: withRealServers(withoutPlaces(draft, places), serviceId, moved),
    name: moved.length === 1
      ? { code: 'moveRealServer', params: { realServer: realServerCalled(first.realServer), service } }
      : { code: 'moveRealServers', params: { count: moved.length, service } },
    field: null, touched: moved.map(({ id }) => ({ kind: 'realServer', serviceId, realServerId: id })),
  };
}

export function addDirector(draft: ClusterDefinition, directorId: string): Edit | null {
  if (draft.directors.some((director) => director.directorId === directorId)) return null;
  return {
    after: { ...draft, directors: [...draft.directors, { directorId, dip: { ipv4: null, ipv6: null } }] },
    name: { code: 'addDirector', params: { director: directorId } }, field: null, touched: [{ kind: 'director', directorId }],
  };
}
