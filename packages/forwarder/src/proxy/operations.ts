// Carries out single operations on the proxy's services.
import { endpointKey, serviceKey } from '@weir/model';
import type { Fault, Operation, ServiceKey } from '@weir/model';
import { beyondProxy } from './capabilities.ts';
import { fault, faultOf } from './fault.ts';
import { roomOf } from './scheduling/scheduling.ts';
import { ProxyService } from './service.ts';
import type { ProxyShared } from './service.ts';

export type ProxyServices = Map<ServiceKey, ProxyService>;

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

async function addService(services: ProxyServices, { service: address, settings }: Of<'addService'>, shared: ProxyShared): Promise<Fault | null> {
  const key = serviceKey(address);
  if (services.has(key)) return fault('alreadyExists', `service ${key} is there already`);
  if (services.size >= shared.tuning.maxServices) return fault('limitReached', `there are ${services.size} services already`);
  const service = new ProxyService(address, settings, shared);
  try {
    await service.front.open();
  } catch (error) {
    return faultOf(`listen on ${key}`, error);
  }
  services.set(key, service);
  return null;
}

function addRealServer(service: ProxyService, { realServer }: Of<'addRealServer'>): Fault | null {
  const key = endpointKey(realServer.endpoint);
  if (service.has(realServer.endpoint)) return fault('alreadyExists', `service ${service.key} has real server ${key} already`);
  if (service.size >= service.room) return fault('limitReached', `service ${service.key} has ${service.size} real servers already`);
  service.addRealServer(realServer);
  return null;
}

function changeRealServer(service: ProxyService, operation: Of<'setRealServer' | 'removeRealServer'>): Fault | null {
  const endpoint = operation.kind === 'setRealServer' ? operation.endpoint : operation.removed.endpoint;
  if (!service.has(endpoint)) return fault('notFound', `service ${service.key} has no real server ${endpointKey(endpoint)}`);
  if (operation.kind === 'setRealServer') service.setRealServer(endpoint, operation.after);
  else service.removeRealServer(endpoint);
  return null;
}

function setService(service: ProxyService, { after }: Of<'setService'>): Fault | null {
  const room = roomOf(after.scheduler);
  if (service.size > room) {
    return fault('limitReached', `${after.scheduler.name} has room for ${room} real servers, service ${service.key} has ${service.size}`);
  }
  service.set(after);
  return null;
}

/** Gives why an operation was refused, or null where it is done. */
export async function perform(services: ProxyServices, operation: Operation, shared: ProxyShared): Promise<Fault | null> {
  const beyond = beyondProxy(operation);
  if (beyond !== null) return fault('unsupported', beyond);
  if (operation.kind === 'addService') return addService(services, operation, shared);
  const key = serviceKey(operation.service);
  const service = services.get(key);
  if (service === undefined) return fault('notFound', `there is no service ${key}`);
  switch (operation.kind) {
    case 'setService': return setService(service, operation);
    case 'removeService':
      services.delete(key);
      // Listening has ended when this returns; what is left is only the closing of sockets that were reset.
      void service.close();
      return null;
    case 'addRealServer': return addRealServer(service, operation);
    case 'setRealServer':
    case 'removeRealServer': return changeRealServer(service, operation);
  }
}
