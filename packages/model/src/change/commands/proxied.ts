// Whether an operation is about a real server whose connections end at the director: ipvsadm has no method for it.
import { isAdoption } from '../adopt/adopt-service.ts';
import type { PlanOperation } from '../director-plan.ts';
import { isHostOperation } from '../../host/host.ts';

export function isOfProxied(operation: PlanOperation): boolean {
  if (isAdoption(operation) || isHostOperation(operation)) return false;
  switch (operation.kind) {
    case 'addRealServer': return operation.realServer.settings.method.kind === 'proxied';
    case 'setRealServer': return operation.after.method.kind === 'proxied';
    case 'removeRealServer': return operation.removed.settings.method.kind === 'proxied';
    case 'addService':
    case 'setService':
    case 'removeService': return false;
  }
}
