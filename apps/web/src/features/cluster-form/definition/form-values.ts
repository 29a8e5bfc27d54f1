// What the form holds: the whole definition, also what it does not show, and why it is changed.
import {
  ClusterDefinition, DEFINITION_SCHEMA, Reason,
  type Family, type ForwardingMethod, type Persistence, type RealServer, type Scheduler, type SchedulerName, type Tunnel, type VirtualService,
} from '@weir/model';
import { nanoid } from 'nanoid';
import { z } from 'zod';

export const ClusterForm = z.object({ definition: ClusterDefinition, reason: Reason });
export type ClusterForm = z.infer<typeof ClusterForm>;

// Letters and digits only at the ends read better in addresses; the model allows more.
export const idLength = 12;

export function newDefinition(directorId: string | null): ClusterDefinition {
  const directors = directorId === null ? [] : [{ directorId, dip: { ipv4: null, ipv6: null } }];
  return { schema: DEFINITION_SCHEMA, name: '', directors, vips: [], services: [newService()] };
}

export function newService(): VirtualService {
  return {
    id: nanoid(idLength), name: '', match: { kind: 'address', protocol: 'tcp', vip: '', port: 80 }, scheduler: { name: 'rr' },
    persistence: null, onePacket: false, realServers: [newRealServer(undefined)],
  };
}

/** Takes after the one before it: the servers of a service are mostly alike. */
export function newRealServer(before: RealServer | undefined): RealServer {
  return {
    id: nanoid(idLength), name: '', rip: '', port: before?.port ?? 80, weight: before?.weight ?? 1,
    method: before?.method ?? { kind: 'proxied' }, thresholds: before?.thresholds ?? { upper: 0, lower: 0 },
  };
}

/** As `ipvsadm -p` without a number: 360 seconds, each client by itself. */
export function newPersistence(family: Family): Persistence {
  return { timeoutSeconds: 360, prefixLength: addressBits[family], engine: null };
}

/** A prefix of as many bits is one client. */
export const addressBits: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };

export function schedulerNamed(name: SchedulerName): Scheduler {
  return name === 'sh' || name === 'mh' ? { name, fallback: false, port: false } : { name };
}

export const methodKinds = ['proxied', 'nat', 'dr', 'tun'] as const satisfies readonly ForwardingMethod['kind'][];

export function methodOf(kind: ForwardingMethod['kind']): ForwardingMethod {
  return kind === 'tun' ? { kind, tunnel: { type: 'ipip' } } : { kind };
}

// GUE has no port of its own; the kernel's documentation uses this one.
const guePort = 6080;

export function tunnelOf(type: Tunnel['type']): Tunnel {
  if (type === 'gue') return { type, port: guePort, checksum: 'none' };
  return type === 'gre' ? { type, checksum: 'none' } : { type };
}
