// Where an override acts, and when a set of them next changes what is forwarded.
import { addressOf, endpointKey, serviceKey, sorryOf } from '@weir/model';
import type { EndpointKey, Override, ServiceKey } from '@weir/model';
import type { HeldCluster } from '../../disk/data-folder.ts';

/** One real server of one service, in the forwarder's terms. */
export interface Target {
  readonly service: ServiceKey;
  readonly endpoint: EndpointKey;
}

/** The rule that an override acts on, or null where this director does not hold such a real server. */
export function targetOf({ target }: Pick<Override, 'target'>, accepted: readonly HeldCluster[]): Target | null {
  const cluster = accepted.find(({ clusterId }) => clusterId === target.clusterId);
  const service = cluster?.definition.services.find(({ id }) => id === target.serviceId);
  const sorry = service === undefined ? null : sorryOf(service);
  const realServer = service?.realServers.find(({ id }) => id === target.realServerId) ?? (sorry?.id === target.realServerId ? sorry : undefined);
  if (service === undefined || realServer === undefined) return null;
  return {
    service: serviceKey(addressOf(service.match)),
    endpoint: endpointKey({ rip: realServer.rip, port: realServer.port }),
  };
}

/** Began or ended after `sinceMs` and by `nowMs`. */
export function changedBetween(override: Override, sinceMs: number, nowMs: number): boolean {
  return [override.startsAtMs, override.endsAtMs].some((timeMs) => timeMs !== null && timeMs > sinceMs && timeMs <= nowMs);
}

export function hasEnded({ endsAtMs }: Override, nowMs: number): boolean {
  return endsAtMs !== null && endsAtMs <= nowMs;
}
