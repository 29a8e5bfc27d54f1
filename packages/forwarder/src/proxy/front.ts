// The two sides of a service: what takes from clients (a front), and what it needs of the rules behind it.
import { canonicalAddress } from '@weir/model';
import type { Connection, IpAddress, ServiceAddress } from '@weir/model';
import type { Gate } from './admission/admission.ts';
import type { Assignment } from './assignment.ts';
import type { ProxyRealServer, Served } from './real-server.ts';
import type { Arrival } from './scheduling/scheduler.ts';
import type { Traffic } from './traffic.ts';
import type { ProxyTuning } from './tuning.ts';

export interface Front {
  /** Rejects with the system's error where the address cannot be had. */
  open(): Promise<void>;
  /** Connections now. */
  readonly size: number;
  /** Its connections, as the forwarder's table lists them. */
  entries(): Connection[];
  /** Stops listening at once and ends what is open; resolves when all of its sockets are closed. */
  close(): Promise<void>;
}

export type VirtualAddress = Extract<ServiceAddress, { kind: 'address' }>;

/** What a front needs of its service. */
export interface Rules {
  readonly address: VirtualAddress;
  readonly traffic: Traffic;
  readonly tuning: ProxyTuning;
  readonly gate: Gate;
  /** Each datagram is scheduled by itself. */
  readonly onePacket: boolean;
  /** Who serves it; where nobody can, null, and it is counted as refused. */
  assign(served: Served, arrival: Arrival, tried: ReadonlySet<ProxyRealServer>): Assignment | null;
}

/** Node adds the zone to a link-local address. */
export function ipAddressOf(text: string | undefined): IpAddress | null {
  return text === undefined ? null : canonicalAddress(text.replace(/%.*/, ''));
}
