// Which services nobody takes new connections of once a real server or a host is taken out. Pure.
import type { LiveRealServer, LiveService } from '../../../live/topic.ts';

export type Target =
  | { readonly kind: 'realServer'; readonly serviceId: string; readonly realServerId: string }
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'host'; readonly rip: string };

function takes({ weight, weights }: LiveRealServer): boolean {
  return weight === null ? weights.some((each) => each.weight > 0) : weight > 0;
}

/** The host part of `10.0.0.1:80` and `[2001:db8::1]:80`. */
export function ripOf(key: string): string {
  return key.slice(0, key.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

function isTaken(target: Target, { serviceId }: LiveService, { realServerId, key }: LiveRealServer): boolean {
  if (target.kind === 'host') return ripOf(key) === target.rip;
  return serviceId === target.serviceId && (target.kind === 'service' || realServerId === target.realServerId);
}

/** Their names. A service whose real servers are not known is not among them. */
export function leftWithNone(services: readonly LiveService[], target: Target): string[] {
  return services.filter((service) => {
    const taking = service.realServers.filter(takes);
    return taking.length > 0 && taking.every((row) => isTaken(target, service, row));
  }).map(({ name }) => name);
}
