// What an operation costs live connections.
import { z } from 'zod';
import type { Capabilities } from '../../table/capabilities.ts';
import type { PlanOperation } from '../director-plan.ts';
import type { Operation } from '../operation.ts';
import { isAdoption } from '../adopt/adopt-service.ts';
import { isHostOperation } from '../../host/host.ts';
import type { HostOperation } from '../../host/host.ts';
import { endpointKey, serviceKey } from '../../table/table.ts';
import type { ActualRealServer, PresentTable, ServiceKey } from '../../table/table.ts';

/** What becomes of the connections: none concerned, they stay, they stay but no new ones come, their packets get no answer, they are cut. */
export const Fate = z.enum(['none', 'stay', 'drain', 'stall', 'reset']);
export type Fate = z.infer<typeof Fate>;

export const Cost = z.strictObject({ connections: z.int().min(0), fate: Fate });
export type Cost = z.infer<typeof Cost>;

export function connectionsOf(realServers: readonly ActualRealServer[]): number {
  return realServers.reduce((sum, { connections }) => sum + connections.active + connections.inactive, 0);
}

function concerned(operation: Operation, realServers: readonly ActualRealServer[]): readonly ActualRealServer[] {
  switch (operation.kind) {
    case 'addService':
    case 'addRealServer': return [];
    case 'setService':
    case 'removeService': return realServers;
    case 'setRealServer': return realServers.filter(({ endpoint }) => endpointKey(endpoint) === endpointKey(operation.endpoint));
    case 'removeRealServer':
      return realServers.filter(({ endpoint }) => endpointKey(endpoint) === endpointKey(operation.removed.endpoint));
  }
}

export function fateOf(operation: Operation, removal: Capabilities['removal']): Fate {
  switch (operation.kind) {
    case 'addService':
    case 'addRealServer': return 'none';
    case 'setService': return 'stay';
    case 'setRealServer': return operation.after.weight === 0 && operation.before.weight > 0 ? 'drain' : 'stay';
    case 'removeService':
    case 'removeRealServer': return removal;
  }
}

/** A VIP that leaves takes the packets of its connections along: they come to the new holder, which goes on with those it knows of. */
function hostCost(operation: HostOperation, actual: PresentTable): Cost {
  if (operation.kind !== 'removeVip') return { connections: 0, fate: 'none' };
  const connections = connectionsOf(actual.services.flatMap(({ address, realServers }) => (
    address.kind === 'address' && address.vip === operation.vip ? realServers : [])));
  return { connections, fate: connections === 0 ? 'none' : 'stall' };
}

function adoptionCost(present: readonly ActualRealServer[]): Cost {
  const connections = connectionsOf(present);
  return { connections, fate: connections === 0 ? 'none' : 'stay' };
}

/** For each operation: the connections that it concerns, as counted in `actual`, and what becomes of them with this driver. */
export function costsOf(operations: readonly PlanOperation[], actual: PresentTable, can: Pick<Capabilities, 'removal'>): Cost[] {
  const realServers = new Map<ServiceKey, readonly ActualRealServer[]>(
    actual.services.map((service) => [serviceKey(service.address), service.realServers]));
  return operations.map((operation) => {
    if (isHostOperation(operation)) return hostCost(operation, actual);
    const present = realServers.get(serviceKey(operation.service)) ?? [];
    if (isAdoption(operation)) return adoptionCost(present);
    const connections = connectionsOf(concerned(operation, present));
    return { connections, fate: connections === 0 ? 'none' : fateOf(operation, can.removal) };
  });
}

/** `costsOf` for one operation; for a plan that one is the cheaper, for it goes through `actual` once. */
export function costOf(operation: PlanOperation, actual: PresentTable, can: Pick<Capabilities, 'removal'>): Cost {
  const [cost] = costsOf([operation], actual, can);
  return cost ?? { connections: 0, fate: 'none' };
}
