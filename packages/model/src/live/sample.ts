// A sample: what a forwarder counted, at one moment.
import type { Counters } from './counters.ts';
import type { Refusals } from './refusals.ts';
import type { ConnectionCounts, EndpointKey, ServiceKey } from '../table/table.ts';

export interface RealServerSample {
  readonly key: EndpointKey;
  readonly weight: number;
  readonly connections: ConnectionCounts;
  readonly counters: Counters;
}

export interface ServiceSample {
  readonly key: ServiceKey;
  readonly counters: Counters;
  /** Null where the forwarder does not count them. */
  readonly refused: Refusals | null;
  readonly realServers: readonly RealServerSample[];
}

export interface Sample {
  readonly measuredAtMs: number;
  readonly services: readonly ServiceSample[];
}
