// Adopting what a director forwards: the definition is changed to want the same, for a person to look at and save. Pure.
import type { ClusterDefinition, RealServer, ServiceMatch, Vip, VirtualService } from '../../definition/definition.ts';
import type { ForwardingMethod, RuleMethod } from '../../definition/forwarding.ts';
import type { NewId } from '../../draft/edit.ts';
import { effective } from '../../effective/effective.ts';
import { sorryOf } from '../../effective/sorry.ts';
import type { Accepted, EffectiveInput, EffectiveRealServer, EffectiveService } from '../../effective/effective.ts';
import { endpointKey, realServerKey, serviceKey } from '../../table/table.ts';
import type { ActualRealServer, ActualService, PresentTable } from '../../table/table.ts';

export interface AdoptInput extends Pick<EffectiveInput, 'directorId' | 'overrides' | 'nowMs'> {
  readonly newId: NewId;
}

/**
 * Wants of the cluster's own services what the director forwards; services that are gone there are wanted no more. Services of others, and
 * rules that Weir has no words for, stay as they were. What an override decides is no drift: the weight below it stays. The address that a
 * proxied connection leaves from is the director's, and stays too.
 */
export function adopt(accepted: Accepted, actual: PresentTable, { newId, ...at }: AdoptInput): ClusterDefinition {
  const { definition } = accepted;
  const origins = new Map(effective({ ...at, accepted: [accepted] }).origins.map((origin) => [origin.defined, origin]));
  const present = new Map(actual.services.map((service) => [serviceKey(service.address), service]));
  const beyond = new Set(actual.others?.map(({ key }) => key));
  const services = definition.services.flatMap((service): VirtualService[] => {
    const origin = origins.get(service);
    const found = origin === undefined ? undefined : present.get(origin.key);
    if (origin === undefined || beyond.has(origin.key) || found?.foreign === true) return [service];
    return found === undefined ? [] : [adoptedService(origin, found, beyond, newId)];
  });
  return { ...definition, services };
}

function adoptedService({ defined, key, realServers }: EffectiveService, found: ActualService, beyond: ReadonlySet<string>, newId: NewId): VirtualService {
  const present = new Map(found.realServers.map((realServer) => [endpointKey(realServer.endpoint), realServer]));
  const sorry = sorryOf(defined);
  const known = new Set([...realServers.map((realServer) => realServer.key), ...(sorry === null ? [] : [endpointKey(sorry)])]);
  const kept = realServers.flatMap((realServer): RealServer[] => {
    const there = present.get(realServer.key);
    if (there !== undefined) return [adoptedRealServer(realServer, there)];
    return realServer.rule === null || beyond.has(realServerKey(key, realServer.key)) ? [realServer.defined] : [];
  });
  const added = found.realServers.filter(({ endpoint }) => !known.has(endpointKey(endpoint))).map((realServer) => newRealServer(realServer, newId));
  return { ...defined, ...found.settings, realServers: [...kept, ...added] };
}

function adoptedRealServer({ defined, decidedBy }: EffectiveRealServer, { settings }: ActualRealServer): RealServer {
  if (decidedBy?.effect.kind === 'remove') return defined;
  const weight = decidedBy === null ? settings.weight : defined.weight;
  const thresholds = decidedBy?.effect.upper === undefined ? settings.thresholds : defined.thresholds;
  return { ...defined, method: definedMethod(settings.method), thresholds, weight };
}

function newRealServer({ endpoint, settings: { method, weight, thresholds } }: ActualRealServer, newId: NewId): RealServer {
  return { id: newId(), name: endpointKey(endpoint), ...endpoint, weight, method: definedMethod(method), thresholds };
}

function definedMethod(method: RuleMethod): ForwardingMethod {
  return method.kind === 'proxied' ? { kind: 'proxied' } : method;
}

/**
 * The definition with one more service: as the director forwards it, which holds its VIP unless somebody does. What a firewall mark marks is in no
 * forwarder: such a service names no VIP yet, so that nobody can save it before a person has said it.
 */
export function adoptForeign(definition: ClusterDefinition, { address, settings, realServers }: ActualService, { directorId, newId }: Pick<AdoptInput, 'directorId' | 'newId'>): ClusterDefinition {
  const match: ServiceMatch = address.kind === 'mark' ? { ...address, protocol: 'tcp', vips: [], ports: [] } : address;
  const service: VirtualService = {
    id: newId(), name: serviceKey(address), match, ...settings, realServers: realServers.map((realServer) => newRealServer(realServer, newId)),
  };
  if (address.kind === 'mark') return { ...definition, services: [...definition.services, service] };
  const held = definition.vips.some((vip) => vip.address === address.vip);
  const vips: Vip[] = held ? definition.vips : [...definition.vips, { address: address.vip, holder: directorId }];
  return { ...definition, vips, services: [...definition.services, service] };
}
