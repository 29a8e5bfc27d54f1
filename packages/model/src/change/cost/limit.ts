// How large a change is, and above which size a person has to name the cluster, so that nobody cuts much by one careless click.
import { isHostOperation } from '../../host/host.ts';
import { serviceKey } from '../../table/table.ts';
import type { PlanOperation } from '../director-plan.ts';
import type { Touched } from './touched.ts';

/** What is planned for one director. */
export interface SizedPlan {
  readonly operations: readonly PlanOperation[];
  /** Null where the agent does not count them. */
  readonly touched: Touched | null;
}

export interface ChangeSize {
  /** Virtual services that any operation is about, each counted once. */
  readonly services: number;
  /** Live connections that drain, stall or are cut, and how many there are on these directors; null where a director does not count them. */
  readonly connections: { readonly touched: number; readonly live: number } | null;
}

export interface ChangeLimit {
  readonly services: number;
  readonly percentOfConnections: number;
}

export const CHANGE_LIMIT: ChangeLimit = { services: 10, percentOfConnections: 20 };

export function changeSize(plans: readonly SizedPlan[]): ChangeSize {
  const services = new Set(plans.flatMap(({ operations }) => operations.flatMap((operation) => (isHostOperation(operation) ? [] : [serviceKey(operation.service)]))));
  const counted = plans.map(({ touched }) => touched);
  return { services: services.size, connections: counted.every((touched) => touched !== null) ? sumOf(counted) : null };
}

function sumOf(counted: readonly Touched[]): { touched: number; live: number } {
  return {
    touched: counted.reduce((sum, { fates: { drain, stall, reset } }) => sum + drain + stall + reset, 0),
    live: counted.reduce((sum, { directorConnections }) => sum + directorConnections, 0),
  };
}

/** What is not counted may be much: it is above the limit as soon as anything is planned. */
export function exceedsLimit(plans: readonly SizedPlan[], limit: ChangeLimit = CHANGE_LIMIT): boolean {
  const planned = plans.filter(({ operations }) => operations.length > 0);
  const { services, connections } = changeSize(planned);
  if (services > limit.services) return true;
  if (connections === null) return planned.length > 0;
  return connections.touched * 100 > connections.live * limit.percentOfConnections;
}
