// A forwarder that is only a table: what an operation comes to, and where a real one would refuse it.
import type { Operation } from '../change/operation.ts';
import { same } from '../json/same.ts';
import { endpointKey, serviceKey } from '../table/table.ts';
import type { RealServerRule, ServiceRule } from '../table/table.ts';

export type Table = ReadonlyMap<string, ServiceRule>;

function check(held: boolean, operation: Operation): void {
  if (!held) throw new Error(`a forwarder would refuse ${JSON.stringify(operation)}`);
}

export function tableOf(services: readonly ServiceRule[]): Table {
  return new Map(services.map((service) => [serviceKey(service.address), service]));
}

function realServersAfter(operation: Operation, realServers: readonly RealServerRule[]): RealServerRule[] {
  const found = (key: string): RealServerRule | undefined => realServers.find(({ endpoint }) => endpointKey(endpoint) === key);
  const others = (key: string): RealServerRule[] => realServers.filter(({ endpoint }) => endpointKey(endpoint) !== key);
  switch (operation.kind) {
    case 'addRealServer': {
      const key = endpointKey(operation.realServer.endpoint);
      check(found(key) === undefined, operation);
      return [...realServers, operation.realServer];
    }
    case 'setRealServer': {
      const key = endpointKey(operation.endpoint);
      check(same(found(key)?.settings, operation.before) && !same(operation.before, operation.after), operation);
      return [...others(key), { endpoint: operation.endpoint, settings: operation.after }];
    }
    case 'removeRealServer': {
      const key = endpointKey(operation.removed.endpoint);
      check(same(found(key)?.settings, operation.removed.settings), operation);
      return others(key);
    }
    case 'addService':
    case 'setService':
    case 'removeService': return [...realServers];
  }
}

/** The table after one operation. Adding what is there, changing or removing what is not there or was otherwise, throws. */
export function after(table: Table, operation: Operation): Table {
  const key = serviceKey(operation.service);
  const found = table.get(key);
  const next = new Map(table);
  if (operation.kind === 'addService') {
    check(found === undefined, operation);
    return next.set(key, { address: operation.service, settings: operation.settings, realServers: [] });
  }
  check(found !== undefined, operation);
  if (found === undefined) return next;
  if (operation.kind === 'removeService') {
    check(same(found.settings, operation.removed.settings), operation);
    next.delete(key);
    return next;
  }
  if (operation.kind === 'setService') {
    check(same(found.settings, operation.before) && !same(operation.before, operation.after), operation);
    return next.set(key, { ...found, settings: operation.after });
  }
  return next.set(key, { ...found, realServers: realServersAfter(operation, found.realServers) });
}

/** Each table on the way, the first and the last included. */
export function steps(table: Table, operations: readonly Operation[]): Table[] {
  return operations.reduce<Table[]>((tables, operation) => [...tables, after(tables.at(-1) ?? table, operation)], [table]);
}

/** The table without the order of its services and real servers, which a forwarder does not keep. */
export function sorted(services: Iterable<ServiceRule>): ServiceRule[] {
  return [...services]
    .map(({ address, settings, realServers }) => ({
      address, settings,
      realServers: realServers.map(({ endpoint, settings: own }) => ({ endpoint, settings: own }))
        .toSorted((a, b) => (endpointKey(a.endpoint) < endpointKey(b.endpoint) ? -1 : 1)),
    }))
    .toSorted((a, b) => (serviceKey(a.address) < serviceKey(b.address) ? -1 : 1));
}

export function usable(service: ServiceRule | undefined): boolean {
  return service !== undefined && service.realServers.some(({ settings }) => settings.weight > 0);
}
