// The contract's reference: what a table is after an operation, and which operations must be refused.
import { endpointKey, serviceKey } from '@weir/model';
import type {
  ActualTable, EndpointKey, FaultCode, Operation, RealServerSettings, ServiceAddress, ServiceKey, ServiceSettings,
} from '@weir/model';

export interface ExpectedService {
  readonly address: ServiceAddress;
  readonly settings: ServiceSettings;
  readonly realServers: Readonly<Record<EndpointKey, RealServerSettings>>;
}

/** By key: the order in which a forwarder lists its objects means nothing. */
export type ExpectedTable = Readonly<Record<ServiceKey, ExpectedService>>;

/** What Weir made of an actual table, without what only the forwarder knows. */
export function expectedOf({ services }: ActualTable): ExpectedTable {
  return Object.fromEntries(services.filter(({ foreign }) => !foreign).map(({ address, settings, realServers }) => [
    serviceKey(address),
    { address, settings, realServers: Object.fromEntries(realServers.map((one) => [endpointKey(one.endpoint), one.settings])) },
  ]));
}

export type Expectation = { readonly table: ExpectedTable } | { readonly refusal: FaultCode };

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}

function realServersAfter(realServers: ExpectedService['realServers'], operation: Operation): ExpectedService['realServers'] | FaultCode {
  switch (operation.kind) {
    case 'addRealServer': {
      const { endpoint, settings } = operation.realServer;
      const key = endpointKey(endpoint);
      return Object.hasOwn(realServers, key) ? 'alreadyExists' : { ...realServers, [key]: settings };
    }
    case 'setRealServer': {
      const key = endpointKey(operation.endpoint);
      return Object.hasOwn(realServers, key) ? { ...realServers, [key]: operation.after } : 'notFound';
    }
    case 'removeRealServer': {
      const key = endpointKey(operation.removed.endpoint);
      return Object.hasOwn(realServers, key) ? without(realServers, key) : 'notFound';
    }
    case 'addService':
    case 'setService':
    case 'removeService': return realServers;
  }
}

/** What must come of an operation that the driver is capable of. */
export function expectedAfter(table: ExpectedTable, operation: Operation): Expectation {
  const key = serviceKey(operation.service);
  const service = table[key];
  if (operation.kind === 'addService') {
    if (service !== undefined) return { refusal: 'alreadyExists' };
    return { table: { ...table, [key]: { address: operation.service, settings: operation.settings, realServers: {} } } };
  }
  if (service === undefined) return { refusal: 'notFound' };
  if (operation.kind === 'removeService') return { table: without(table, key) };
  if (operation.kind === 'setService') return { table: { ...table, [key]: { ...service, settings: operation.after } } };
  const realServers = realServersAfter(service.realServers, operation);
  return typeof realServers === 'string' ? { refusal: realServers } : { table: { ...table, [key]: { ...service, realServers } } };
}
