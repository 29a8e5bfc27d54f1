// What a step of a plan is in the words of a shell: ipvsadm for rules, ip and sysctl for the host.
import { hostCommand } from '../../host/command.ts';
import { isHostOperation } from '../../host/host.ts';
import type { PlanOperation } from '../director-plan.ts';
import { ipvsadmCommand } from './ipvsadm.ts';
import { isAdoption } from '../adopt/adopt-service.ts';

/** Null for what no command says: a proxied real server, a weight that ipvsadm refuses, whose a service is. */
export function commandOf(operation: PlanOperation): string | null {
  if (isAdoption(operation)) return null;
  return isHostOperation(operation) ? hostCommand(operation) : ipvsadmCommand(operation);
}
