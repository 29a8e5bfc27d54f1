// Intervals for tests, each another one than all others.
import type { Carried, Closed } from '@weir/model';
import { intervalMs } from '@weir/model';

const beginMs = 1_800_000_000_000;

export function closedAt(number: number): Closed {
  const counted = BigInt(number);
  const growth = { connections: counted, packetsIn: 1_000_000n + counted, packetsOut: 'replyBypassesDirector', bytesIn: 2n ** 60n + counted, bytesOut: 'replyBypassesDirector' } as const;
  const carried: Carried = { measuredMs: intervalMs, growth, measuredGrowth: growth, active: { mean: number, most: number + 1 }, inactive: { mean: 0.5 } };
  const startMs = beginMs + number * intervalMs;
  return {
    interval: {
      startMs, byteKind: 'ipBytes',
      services: [{ key: 'tcp 10.0.0.1:80', clusterId: 'c', serviceId: 's', ...carried, realServers: [{ key: '10.1.0.1:80', realServerId: 'r', weight: 5, ...carried }] }],
    },
    shown: { atMs: startMs + intervalMs, services: [{ key: 'tcp 10.0.0.1:80', counters: growth, realServers: [{ key: '10.1.0.1:80', counters: growth }] }] },
    lived: [{ fromMs: beginMs, toMs: startMs + intervalMs }],
  };
}
