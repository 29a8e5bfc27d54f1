// The journal of a director that plays a recording: an interval each ten seconds, written in advance as an agent writes it.
import { intervalMs } from '@weir/model';
import type { Carried, Interval } from '@weir/model';
import { encodeInterval, JournalInput } from '@weir/protocol';
import { endpointOf, serviceKeyOf } from './addresses.ts';
import type { Size } from './addresses.ts';

const [clusterNumber, clusterId] = ['@', '@cluster@'];

function carried(): Carried {
  const connections = Math.floor(Math.random() * 400);
  const growth = { connections: BigInt(connections), packetsIn: BigInt(connections * 9), packetsOut: BigInt(connections * 14), bytesIn: BigInt(connections * 1_700), bytesOut: BigInt(connections * 21_000) };
  return { measuredMs: intervalMs, growth, measuredGrowth: growth, active: { mean: connections / 10, most: connections }, inactive: { mean: connections / 3 } };
}

/** The services of one interval, as JSON. */
export function recordInterval({ services, realServers }: Size): string {
  const each = Array.from({ length: services }, (_, s): Interval['services'][number] => ({
    key: serviceKeyOf(clusterNumber, s + 1), clusterId, serviceId: `service-${s + 1}`, ...carried(),
    realServers: Array.from({ length: realServers }, (__, r) => ({ key: endpointOf(clusterNumber, s + 1, r + 1), realServerId: `rs-${s + 1}-${r + 1}`, weight: 100, ...carried() })),
  }));
  return JSON.stringify(encodeInterval({ sequence: 1, startMs: 0, byteKind: 'payloadBytes', services: each }).services);
}

export interface Asked {
  readonly address: string;
  readonly cluster: { readonly number: number; readonly id: string };
  readonly sinceMs: number;
}

/** What an agent answers to `journal`: the intervals that are over and not committed. */
export function journalAnswer(services: string, { address, cluster, sinceMs }: Asked): string {
  const { journalId, after, limit } = JournalInput.parse(JSON.parse(new URL(address, 'https://director').searchParams.get('input') ?? 'null'));
  const first = Math.ceil(sinceMs / intervalMs);
  const last = Math.floor(Date.now() / intervalMs) - first;
  const from = journalId === 'recorded' ? after : 0;
  const own = services.replaceAll(clusterId, cluster.id).replaceAll(clusterNumber, String(cluster.number));
  const intervals = Array.from({ length: Math.max(0, Math.min(limit, last - from)) }, (_, index) => (
    `{"sequence":${from + index + 1},"startMs":${(first + from + index) * intervalMs},"byteKind":"payloadBytes","services":${own}}`));
  return `{"result":{"data":{"journalId":"recorded","intervals":[${intervals.join(',')}],"dropped":null,"more":${from + intervals.length < last}}}}`;
}
