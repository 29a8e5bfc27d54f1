// Intervals for tests: any that an agent may say, and plain ones whose sums are easily told.
import { intervalMs } from '@weir/model';
import type { ByteKind, Carried, Growth, Interval, RealServerCarried, ServiceCarried } from '@weir/model';
import * as fc from 'fast-check';

export function plainCarried(growth: bigint, measuredMs = intervalMs): Carried {
  const grown = { connections: growth, packetsIn: growth, packetsOut: growth, bytesIn: growth, bytesOut: growth };
  return { measuredMs, growth: grown, measuredGrowth: grown, active: { mean: 2, most: 3 }, inactive: { mean: 1 } };
}

export interface Plain {
  readonly clusterId?: string | null;
  readonly serviceId?: string | null;
  readonly growth?: bigint;
  readonly measuredMs?: number;
  readonly realServers?: readonly string[];
}

export function plainService({ clusterId = 'c', serviceId = 'web', growth = 10n, measuredMs = intervalMs, realServers = [] }: Plain = {}): ServiceCarried {
  return {
    key: `tcp ${serviceId ?? 'foreign'}`, clusterId, serviceId, ...plainCarried(growth, measuredMs),
    realServers: realServers.map((realServerId): RealServerCarried => ({ key: `rip ${realServerId}`, realServerId, weight: 1, ...plainCarried(growth, measuredMs) })),
  };
}

export function plainInterval(sequence: number, startMs: number, services: readonly ServiceCarried[] = [plainService()], byteKind: ByteKind = 'payloadBytes'): Interval {
  return { sequence, startMs, byteKind, services };
}

const growth = fc.oneof({ weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 9n }) }, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom<Growth>('userSpace', 'replyBypassesDirector'));
const growths = fc.record({ connections: growth, packetsIn: growth, packetsOut: growth, bytesIn: growth, bytesOut: growth });
const mean = fc.double({ min: 0, max: 1e6, noNaN: true });

export const carried: fc.Arbitrary<Carried> = fc.record({
  measuredMs: fc.integer({ min: 0, max: intervalMs }), growth: growths, measuredGrowth: growths,
  active: fc.record({ mean, most: fc.nat() }), inactive: fc.record({ mean }),
});
const id = fc.constantFrom('a', 'b', 'c', null);

export const services: fc.Arbitrary<ServiceCarried[]> = fc.array(fc.tuple(carried, fc.record({
  key: fc.constantFrom('tcp 10.0.0.1:80', 'udp 10.0.0.1:53'), clusterId: id, serviceId: id,
  realServers: fc.array(fc.tuple(carried, fc.record({ key: fc.constantFrom('10.0.1.1:80', '10.0.1.2:80'), realServerId: id, weight: fc.nat() })).map(([own, named]): RealServerCarried => ({ ...own, ...named })), { maxLength: 3 }),
})).map(([own, named]): ServiceCarried => ({ ...own, ...named })), { maxLength: 4 });
