// The plan: ordered operations that turn what a forwarder does into what it should do.
import type { Operation } from './operation.ts';
import { same } from '../json/same.ts';
import { endpointKey, serviceKey } from '../table/table.ts';
import type {
  ActualRealServer, ActualService, ActualTable, EndpointKey, ForwardingTable, RealServerRule, RealServerSettings, ServiceRule,
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
function difference(wanted: ServiceRule, actual: ActualService): Operation[] {
  const service = wanted.address;
  const present = new Map<EndpointKey, ActualRealServer>(
    actual.realServers.map((realServer) => [endpointKey(realServer.endpoint), realServer]));
  const kept = new Set(wanted.realServers.map((realServer) => endpointKey(realServer.endpoint)));
  const added: Operation[] = [];
  const raised: Operation[] = [];
  const changed: Operation[] = [];
  for (const { endpoint, settings: after } of wanted.realServers) {
    const before = present.get(endpointKey(endpoint))?.settings;
    if (before === undefined) added.push({ kind: 'addRealServer', service, realServer: { endpoint, settings: after } });
    else if (!same(before, after)) {
      (givesMore(before, after) ? raised : changed).push({ kind: 'setRealServer', service, endpoint, before, after });
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
 * services that are no longer wanted last. Foreign services (not made by Weir) are left alone, wanted or not.
 */
export function plan(effective: ForwardingTable, actual: ActualTable): Operation[] {
  const present = new Map(actual.services.map((service) => [serviceKey(service.address), service]));
  const wanted = new Set(effective.services.map((service) => serviceKey(service.address)));
  const added: Operation[] = [];
  const changed: Operation[] = [];
  for (const service of effective.services) {
    const found = present.get(serviceKey(service.address));
    if (found === undefined) added.push(...addition(service));
    else if (!found.foreign) changed.push(...difference(service, found));
  }
  const removed = actual.services
    .filter((service) => !service.foreign && !wanted.has(serviceKey(service.address)))
    .map(removal);
  return [...added, ...changed, ...removed];
}
