// What a plan as a whole does to live connections: each counted once, by the gravest of what its operations do to it.
import { z } from 'zod';
import { isHostOperation } from '../../host/host.ts';
import type { Capabilities } from '../../table/capabilities.ts';
import { endpointKey, realServerKey, serviceKey } from '../../table/table.ts';
import type { ActualRealServer, ActualService, PresentTable, ServiceAddress, ServiceKey } from '../../table/table.ts';
import { connectionsOf, fateOf } from './cost.ts';
import type { Fate } from './cost.ts';
import type { PlanOperation } from '../director-plan.ts';
import { endpointOf } from '../operation.ts';
import { isAdoption } from '../adopt/adopt-service.ts';

const Count = z.int().min(0);

/** Live connections are the active and the inactive ones, as read when the plan was made. */
export const Touched = z.strictObject({
  /** Of all services on the director. */
  directorConnections: Count,
  /** Of the services that the plan is about. */
  clusterConnections: Count,
  /** What becomes of those that operations concern. */
  fates: z.strictObject({ stay: Count, drain: Count, stall: Count, reset: Count }),
});
export type Touched = z.infer<typeof Touched>;

const gravity: Readonly<Record<Fate, number>> = { none: 0, stay: 1, drain: 2, stall: 3, reset: 4 };

type Fates = Map<string, Fate>;

function worsen(fates: Fates, key: string, fate: Fate): void {
  if (gravity[fate] > gravity[fates.get(key) ?? 'none']) fates.set(key, fate);
}

/** What becomes of a whole service, under its key; of one real server, under both keys. */
function fatesOf(operations: readonly PlanOperation[], services: readonly Pick<ActualService, 'address'>[], removal: Capabilities['removal']): Fates {
  const fates: Fates = new Map();
  for (const operation of operations) {
    if (operation.kind === 'removeVip') {
      for (const { address } of services) if (address.kind === 'address' && address.vip === operation.vip) worsen(fates, serviceKey(address), 'stall');
    } else if (isAdoption(operation)) {
      worsen(fates, serviceKey(operation.service), 'stay');
    } else if (!isHostOperation(operation)) {
      const service = serviceKey(operation.service);
      const endpoint = endpointOf(operation);
      worsen(fates, endpoint === null ? service : realServerKey(service, endpointKey(endpoint)), fateOf(operation, removal));
    }
  }
  return fates;
}

/** `own`: the services that the plan is about, changed by it or not. */
export function touchedBy(
  operations: readonly PlanOperation[], { services }: PresentTable, { removal }: Pick<Capabilities, 'removal'>, own: ReadonlySet<ServiceKey>,
): Touched {
  const planned = fatesOf(operations, services, removal);
  const fates = { none: 0, stay: 0, drain: 0, stall: 0, reset: 0 };
  let clusterConnections = 0;
  for (const { address, realServers } of services) {
    const service = serviceKey(address);
    const ofService = planned.get(service) ?? 'none';
    for (const realServer of realServers) fates[graver(ofService, planned.get(realServerKey(service, endpointKey(realServer.endpoint))))] += liveOf(realServer);
    if (own.has(service)) clusterConnections += connectionsOf(realServers);
  }
  const { none, ...touched } = fates;
  return { directorConnections: none + touched.stay + touched.drain + touched.stall + touched.reset, clusterConnections, fates: touched };
}

/** Of the traffic that comes in by service and real server; the whole is null where a part is not known, for that part may be the larger one. */
export function touchedTraffic(
  operations: readonly PlanOperation[], services: readonly ServiceAddress[], { removal }: Pick<Capabilities, 'removal'>, perSecond: ReadonlyMap<string, number | null>,
): { readonly touched: number; readonly all: number } | null {
  const planned = fatesOf(operations, services.map((address) => ({ address })), removal);
  const graves = new Set([...planned].filter(([, fate]) => gravity[fate] >= gravity.drain).map(([key]) => key));
  let [touched, all] = [0, 0];
  for (const [key, rate] of perSecond) {
    if (rate === null) return null;
    all += rate;
    if (graves.has(key) || graves.has(key.slice(0, key.lastIndexOf(' ')))) touched += rate;
  }
  return { touched, all };
}

function liveOf({ connections }: ActualRealServer): number {
  return connections.active + connections.inactive;
}

function graver(one: Fate, other: Fate = 'none'): Fate {
  return gravity[other] > gravity[one] ? other : one;
}
