// Rules that look at one service or one real server at a time, and mends that change one.
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import { endpointKey } from '../table/table.ts';
import type { Hit, Mend, Params, Path, Rule } from './rule.ts';

type Field = readonly (string | number)[];

export type ServiceTest = (service: VirtualService) => Params | null;
export type RealServerTest = (realServer: RealServer, service: VirtualService) => Params | null;

export function serviceHit(index: number, service: VirtualService, field: Field, params: Params = {}): Hit {
  return { path: ['services', index, ...field], params: { service: service.name, ...params } };
}

export function realServerHits({ services }: ClusterDefinition, field: Field, test: RealServerTest): Hit[] {
  return services.flatMap((service, s) => service.realServers.flatMap((realServer, r) => {
    const params = test(realServer, service);
    return params === null ? [] : [serviceHit(s, service, ['realServers', r, ...field], { realServer: endpointKey(realServer), ...params })];
  }));
}

/**
 * What a rule finds in one service, whatever the others are. It is worked out once for each service object, so that checking again
 * after an edit costs what the edit changed: a definition is never changed in place.
 */
export function withinService(find: (service: VirtualService) => Hit[]): (services: readonly VirtualService[]) => Hit[] {
  const known = new WeakMap<VirtualService, readonly Hit[]>();
  return (services) => services.flatMap((service, index) => {
    const hits = known.get(service) ?? find(service);
    known.set(service, hits);
    return hits.map(({ path, params }) => serviceHit(index, service, path, params));
  });
}

/** The values for the sentence where the test finds something, null where it does not. */
export function eachService(field: Field, test: ServiceTest): Rule['find'] {
  const find = withinService((service) => {
    const params = test(service);
    return params === null ? [] : [{ path: [...field], params }];
  });
  return ({ services }) => find(services);
}

export function eachRealServer(field: Field, test: RealServerTest): Rule['find'] {
  const find = withinService((service) => service.realServers.flatMap((realServer, r): Hit[] => {
    const params = test(realServer, service);
    return params === null ? [] : [{ path: ['realServers', r, ...field], params: { realServer: endpointKey(realServer), ...params } }];
  }));
  return ({ services }) => find(services);
}

function replace<T>(items: readonly T[], index: Path[number] | undefined, change: (item: T) => T): T[] {
  return items.map((item, place) => (place === index ? change(item) : item));
}

export function without<T>(items: readonly T[], index: Path[number] | undefined): T[] {
  return items.filter((_, place) => place !== index);
}

/** A mend of the service that the path leads to. */
export function mendService(change: (service: VirtualService, hit: Hit) => VirtualService): Mend {
  return (definition, hit): ClusterDefinition => (
    { ...definition, services: replace(definition.services, hit.path[1], (service) => change(service, hit)) });
}

/** A mend of the real server that the path leads to. */
export function mendRealServer(change: (realServer: RealServer, service: VirtualService) => RealServer): Mend {
  return mendService((service, { path }) => (
    { ...service, realServers: replace(service.realServers, path[3], (realServer) => change(realServer, service)) }));
}
