// Changes fields of an object; and says of any two drafts what the step between them is called.
import { differences, type Difference } from '../change/differences.ts';
import type { ClusterDefinition, ClusterDirector, RealServer, VirtualService } from '../definition/definition.ts';
import { same } from '../json/same.ts';
import { realServerCalled, serviceCalled } from './called.ts';
import type { Edit, EditName, ObjectRef, RealServerRef } from './edit.ts';
import { differingLeaf } from './leaf.ts';
import { placeOf, withService } from './objects.ts';

/** Null where nothing differs, also where the object is no more. */
export function changeService(draft: ClusterDefinition, serviceId: string, changes: Partial<Omit<VirtualService, 'id' | 'realServers'>>): Edit | null {
  return editBetween(draft, withService(draft, serviceId, (service) => ({ ...service, ...changes })), [{ kind: 'service', serviceId }]);
}

type RealServerChanges = Partial<Omit<RealServer, 'id'>>;

/** The same changes to each, or those that depend on what it is. */
export function changeRealServers(draft: ClusterDefinition, refs: readonly RealServerRef[], changes: RealServerChanges | ((realServer: RealServer) => RealServerChanges)): Edit | null {
  const places = new Set(refs.map(placeOf));
  const changesOf = typeof changes === 'function' ? changes : () => changes;
  const services = draft.services.map((service) => {
    const isMeant = ({ id }: RealServer): boolean => places.has(placeOf({ serviceId: service.id, realServerId: id }));
    if (!service.realServers.some(isMeant)) return service;
    return { ...service, realServers: service.realServers.map((realServer) => (isMeant(realServer) ? { ...realServer, ...changesOf(realServer) } : realServer)) };
  });
  return editBetween(draft, { ...draft, services }, refs);
}

export function changeDirector(draft: ClusterDefinition, directorId: string, changes: Partial<Omit<ClusterDirector, 'directorId'>>): Edit | null {
  const directors = draft.directors.map((director) => (director.directorId === directorId ? { ...director, ...changes } : director));
  return editBetween(draft, { ...draft, directors }, [{ kind: 'director', directorId }]);
}

export function holdVip(draft: ClusterDefinition, address: string, holder: string | null): Edit | null {
  const vips = draft.vips.map((vip) => (vip.address === address ? { ...vip, holder } : vip));
  return editBetween(draft, { ...draft, vips }, [{ kind: 'vip', address }]);
}

/** What somebody did who did not say: found by comparing. Null where nothing differs but order. */
export function editBetween(before: ClusterDefinition, after: ClusterDefinition, touched: readonly ObjectRef[]): Edit | null {
  const found = differences(before, after);
  if (found.length === 0) return same(before, after) ? null : { after, name: { code: 'changeObjects', params: { count: 1 } }, field: null, touched };
  return { after, ...nameOf(found, after), touched };
}

type Named = Pick<Edit, 'name' | 'field'>;

/** VIPs follow the services, and a service's real servers come and go with it: the step is called after what led. */
function nameOf(found: readonly Difference[], after: ClusterDefinition): Named {
  const others = found.filter(({ object }) => object !== 'vip');
  const whole = others.filter((one) => one.object === 'service' && one.kind !== 'changed');
  const leading = whole.length === 1 && others.every((one) => one === whole[0] || (one.object === 'realServer' && one.kind === whole[0]?.kind)) ? whole : others;
  const [first = found[0], ...rest] = leading;
  if (first === undefined || rest.length > 0 || (others.length === 0 && found.length > 1)) {
    return { name: { code: 'changeObjects', params: { count: leading.length === 0 ? found.length : leading.length } }, field: fieldOfAll(leading, after) };
  }
  return named(first, after);
}

/** The same field of the same objects, as when several are selected. */
function fieldOfAll(found: readonly Difference[], after: ClusterDefinition): string | null {
  const services = servicesOf(after);
  const fields = found.map((one) => (
    one.object === 'realServer' && one.kind === 'changed' && one.fields.length === 1 ? `${services.get(one.after)?.id ?? ''} ${one.after.id} ${one.fields[0] ?? ''}` : null));
  return fields.length === 0 || fields.includes(null) ? null : fields.join(' ');
}

/** By the real servers themselves: their ids are their own only within a service. */
function servicesOf({ services }: ClusterDefinition): ReadonlyMap<RealServer, VirtualService> {
  return new Map(services.flatMap((service) => service.realServers.map((realServer) => [realServer, service] as const)));
}

function named(one: Difference, after: ClusterDefinition): Named {
  switch (one.object) {
    case 'cluster': return { name: { code: 'renameCluster', params: { name: one.after?.name ?? '' } }, field: 'name' };
    case 'director': return step(one, one.kind === 'added' ? 'addDirector' : one.kind === 'removed' ? 'removeDirector' : 'changeDirector', { director: (one.after ?? one.before).directorId });
    case 'vip': return vipStep(one);
    case 'service': return serviceStep(one);
    case 'realServer': return realServerStep(one, after);
  }
}

function serviceStep(one: Extract<Difference, { object: 'service' }>): Named {
  const params = { service: serviceCalled(one.before ?? one.after) };
  if (one.kind !== 'changed') return step(one, one.kind === 'added' ? 'addService' : 'removeService', params);
  if (one.fields.length > 1 || one.fields[0] !== 'health') return step(one, 'changeService', params);
  // Health is many fields: only what is typed into one of them is one step.
  const { name, field } = step(one, 'changeHealth', params);
  const leaf = differingLeaf(one.before.health, one.after.health);
  return { name, field: leaf === null ? null : `${field ?? ''} ${leaf}` };
}

function vipStep(one: Extract<Difference, { object: 'vip' }>): Named {
  const { address, holder } = one.after ?? one.before;
  if (one.kind !== 'changed') return step(one, one.kind === 'added' ? 'addVip' : 'removeVip', { vip: address });
  return holder === null ? step(one, 'holdVipByNobody', { vip: address }) : step(one, 'holdVip', { vip: address, director: holder });
}

function realServerStep(one: Extract<Difference, { object: 'realServer' }>, draft: ClusterDefinition): Named {
  const realServer = realServerCalled(one.before ?? one.after);
  const inside = one.after === null ? undefined : servicesOf(draft).get(one.after);
  const service = inside === undefined ? one.service : serviceCalled(inside);
  if (one.kind === 'changed') {
    const weightOnly = one.fields.length === 1 && one.fields[0] === 'weight' && Number.isInteger(one.after.weight);
    const { name } = weightOnly ? step(one, 'setWeight', { realServer, weight: one.after.weight }) : step(one, 'changeRealServer', { realServer, service });
    return { name, field: fieldOfAll([one], draft) };
  }
  return step(one, one.kind === 'added' ? 'addRealServer' : 'removeRealServer', { realServer, service });
}

function step(one: Difference, code: EditName['code'], params: EditName['params']): Named {
  const field = one.kind === 'changed' && one.fields.length === 1 ? `${one.object} ${keyOf(one)} ${one.fields[0] ?? ''}` : null;
  return { name: { code, params }, field };
}

function keyOf(one: Difference): string {
  switch (one.object) {
    case 'cluster': return '';
    case 'director': return (one.after ?? one.before).directorId;
    case 'vip': return (one.after ?? one.before).address;
    case 'service': return (one.after ?? one.before).id;
    case 'realServer': return (one.after ?? one.before).id;
  }
}
