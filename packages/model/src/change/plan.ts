// The plan: ordered operations that turn what a forwarder does into what it should do.
import type { Operation } from './operation.ts';
import { same } from '../json/same.ts';
import { endpointKey, realServerKey, serviceKey } from '../table/table.ts';
import type {
  ActualRealServer, ActualService, EndpointKey, ForwardingTable, PresentTable, RealServerRule, RealServerSettings, ServiceRule,
} from '../table/table.ts';

function ruleOf({ endpoint, settings }: RealServerRule): RealServerRule {
  return { endpoint, settings };
}

function addition(service: ServiceRule): Operation[] {
  return [
    { kind: 'addService', service: service.address, settings: service.settings },
    ...service.realServers.map((realServer): Operation => (
      { kind: 'addRealServer', service: service.address, realServer: ruleOf(realServer) })),
  ];
}

function removal({ address, settings, realServers }: ActualService): Operation {
  return { kind: 'removeService', service: address, removed: { address, settings, realServers: realServers.map(ruleOf) } };
}

/** Whether a real server can take at least what it could before: such a change comes before those that take away. */
function givesMore(before: RealServerSettings, after: RealServerSettings): boolean {
  return after.weight > before.weight;
}

/**
 * The difference within one service, in an order in which it never has fewer usable real servers than it begins or ends with:
 * settings, additions, weights up, other changes, removals.
 */
function difference(wanted: ServiceRule, actual: ActualService, beyond: ReadonlySet<string>): Operation[] {
  const service = wanted.address;
  const present = new Map<EndpointKey, ActualRealServer>(
    actual.realServers.map((realServer) => [endpointKey(realServer.endpoint), realServer]));
  const kept = new Set(wanted.realServers.map((realServer) => endpointKey(realServer.endpoint)));
  const added: Operation[] = [];
  const raised: Operation[] = [];
  const changed: Operation[] = [];
  for (const { endpoint, settings: after } of wanted.realServers) {
    const key = endpointKey(endpoint);
    const before = present.get(key)?.settings;
    if (before !== undefined) {
      if (!same(before, after)) (givesMore(before, after) ? raised : changed).push({ kind: 'setRealServer', service, endpoint, before, after });
    } else if (!beyond.has(realServerKey(serviceKey(service), key))) {
      added.push({ kind: 'addRealServer', service, realServer: { endpoint, settings: after } });
    }
  }
  const settings: Operation[] = same(actual.settings, wanted.settings)
    ? [] : [{ kind: 'setService', service, before: actual.settings, after: wanted.settings }];
  const removed = actual.realServers
    .filter((realServer) => !kept.has(endpointKey(realServer.endpoint)))
    .map((realServer): Operation => ({ kind: 'removeRealServer', service, removed: ruleOf(realServer) }));
  return [...settings, ...added, ...raised, ...changed, ...removed];
}

/**
 * Gives the operations that make `actual` forward what `effective` says, and only the difference: new services first, then changes,
 * services that are no longer wanted last. Foreign services (not made by Weir) and what is
 * beyond Weir's words are left alone, wanted or not.
 */
export function plan(effective: ForwardingTable, actual: PresentTable): Operation[] {
  const present = new Map(actual.services.map((service) => [serviceKey(service.address), service]));
  const wanted = new Set(effective.services.map((service) => serviceKey(service.address)));
  const beyond = new Set(actual.others?.map(({ key }) => key));
  const added: Operation[] = [];
  const changed: Operation[] = [];
  for (const service of effective.services) {
    const key = serviceKey(service.address);
    const found = present.get(key);
    if (found !== undefined) changed.push(...(found.foreign ? [] : difference(service, found, beyond)));
    else if (!beyond.has(key)) added.push(...addition(service));
  }
  const removed = actual.services
    .filter((service) => !service.foreign && !wanted.has(serviceKey(service.address)))
    .map(removal);
  return [...added, ...changed, ...removed];
}
