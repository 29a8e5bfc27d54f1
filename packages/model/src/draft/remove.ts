// Removes a selection from a draft: services with their real servers, real servers, directors, VIPs.
import type { ClusterDefinition, Vip } from '../definition/definition.ts';
import { realServerCalled, serviceCalled } from './called.ts';
import type { Edit, EditName, ObjectRef } from './edit.ts';
import { chosen, idsOf, placeOf, withoutPlaces } from './objects.ts';

/** Null where nothing of it is there. What a director that leaves holds goes to the only one that stays, or to nobody until a person says to whom. */
export function removeObjects(draft: ClusterDefinition, refs: readonly ObjectRef[]): Edit | null {
  const { services, realServers } = chosen(draft, refs);
  const gone = new Set(refs.flatMap((ref) => (ref.kind === 'director' ? [ref.directorId] : [])));
  const goneVips = new Set(refs.flatMap((ref) => (ref.kind === 'vip' ? [ref.address] : [])));
  const names: EditName[] = [
    ...services.map((service): EditName => ({ code: 'removeService', params: { service: serviceCalled(service) } })),
    ...realServers.map(({ service, realServer }): EditName => (
      { code: 'removeRealServer', params: { realServer: realServerCalled(realServer), service: serviceCalled(service) } })),
    ...draft.directors.filter(({ directorId }) => gone.has(directorId)).map(({ directorId }): EditName => ({ code: 'removeDirector', params: { director: directorId } })),
    ...draft.vips.filter(({ address }) => goneVips.has(address)).map(({ address }): EditName => ({ code: 'removeVip', params: { vip: address } })),
  ];
  const [first] = names;
  if (first === undefined) return null;
  const whole = idsOf(services);
  const kept = withoutPlaces(draft, new Set(realServers.map(({ service, realServer }) => placeOf({ serviceId: service.id, realServerId: realServer.id }))));
  return {
    after: {
      ...kept,
      directors: gone.size === 0 ? kept.directors : kept.directors.filter(({ directorId }) => !gone.has(directorId)),
      services: kept.services.filter(({ id }) => !whole.has(id)),
      vips: vipsWithout(kept, gone).filter(({ address }) => !goneVips.has(address)),
    },
    name: names.length === 1 ? first : { code: 'removeObjects', params: { count: names.length } }, field: null, touched: [],
  };
}

/** The VIPs when these directors leave. */
export function vipsWithout({ vips, directors }: Pick<ClusterDefinition, 'vips' | 'directors'>, gone: ReadonlySet<string>): Vip[] {
  const [first, ...others] = directors.filter(({ directorId }) => !gone.has(directorId));
  const holder = first !== undefined && others.length === 0 ? first.directorId : null;
  return vips.map((vip) => (vip.holder !== null && gone.has(vip.holder) ? { ...vip, holder } : vip));
}
