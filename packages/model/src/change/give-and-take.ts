// Which operations give to a service and which take from it: what takes waits for what gives, so that no service ends emptier than it was meant to.
import type { OperationResult } from './outcome.ts';
import type { Operation } from './operation.ts';
import { serviceKey } from '../table/table.ts';
import type { ServiceKey } from '../table/table.ts';

/** Removes a real server or a service. */
export function takesAway({ kind }: { readonly kind: string }): boolean {
  return kind === 'removeRealServer' || kind === 'removeService';
}

function gives(operation: Operation): boolean {
  switch (operation.kind) {
    case 'addService':
    case 'addRealServer': return true;
    case 'setRealServer': return operation.after.weight > operation.before.weight;
    case 'setService':
    case 'removeService':
    case 'removeRealServer': return false;
  }
}

/** The services of which something that gives was tried and not done: nothing is taken from them. */
export function deniedServices(operations: readonly Operation[], resultOf: (operation: Operation) => OperationResult | undefined): ReadonlySet<ServiceKey> {
  const denied = operations.filter((operation) => {
    const result = resultOf(operation);
    return gives(operation) && result !== undefined && result.status !== 'done';
  });
  return new Set(denied.map(({ service }) => serviceKey(service)));
}
