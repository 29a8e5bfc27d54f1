// What an operation costs live connections.
import { z } from 'zod';
import type { Capabilities } from './capabilities.ts';
import type { Operation } from './operation.ts';
import { endpointKey, serviceKey } from './table.ts';
import type { ActualRealServer, ActualTable } from './table.ts';

/** What becomes of the connections: none concerned, they stay, they stay but no new ones come, their packets get no answer, they are cut. */
export const Fate = z.enum(['none', 'stay', 'drain', 'stall', 'reset']);
export type Fate = z.infer<typeof Fate>;

export const Cost = z.strictObject({ connections: z.int().min(0), fate: Fate });
export type Cost = z.infer<typeof Cost>;

function connectionsOf(realServers: readonly ActualRealServer[]): number {
  return realServers.reduce((sum, { connections }) => sum + connections.active + connections.inactive, 0);
}

function concerned(operation: Operation, actual: ActualTable): readonly ActualRealServer[] {
  const key = serviceKey(operation.service);
  const realServers = actual.services.find((service) => serviceKey(service.address) === key)?.realServers ?? [];
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

function fateOf(operation: Operation, removal: Capabilities['removal']): Fate {
  switch (operation.kind) {
    case 'addService':
    case 'addRealServer': return 'none';
    case 'setService': return 'stay';
    case 'setRealServer': return operation.after.weight === 0 && operation.before.weight > 0 ? 'drain' : 'stay';
    case 'removeService':
    case 'removeRealServer': return removal;
  }
}

/** The connections that an operation concerns, as counted in `actual`, and what becomes of them with this driver. */
export function costOf(operation: Operation, actual: ActualTable, can: Pick<Capabilities, 'removal'>): Cost {
  const connections = connectionsOf(concerned(operation, actual));
  return { connections, fate: connections === 0 ? 'none' : fateOf(operation, can.removal) };
}
