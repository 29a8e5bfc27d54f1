// History on the wire: the intervals that an agent keeps until the panel has them, as tuples like those of a tick.
import type { Carried, Counters, Interval, RealServerCarried, ServiceCarried } from '@weir/model';
import { ByteKind, counterNames, Id, intervalMs } from '@weir/model';
import { z } from 'zod';
import { CountersTuple, decodeCounters, encodeCounters, KeyText, LARGEST_COUNTER } from '../tick.ts';

const count = z.int().min(0);
const sequence = z.int().min(1);
const mean = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

/** measured ms, growth, measured growth (null: the same), active: mean, most, inactive: mean */
const CarriedTuple = z.tuple([count, CountersTuple, CountersTuple.nullable(), mean, count, mean]);
/** key, real server's id, weight, what it carried */
const RealServerTuple = z.tuple([KeyText, Id.nullable(), count, CarriedTuple]);
/** key, cluster's id, service's id, what it carried, real servers */
export const ServiceIntervalTuple = z.tuple([KeyText, Id.nullable(), Id.nullable(), CarriedTuple, z.array(RealServerTuple).max(10_000)]);
export type ServiceIntervalTuple = z.infer<typeof ServiceIntervalTuple>;

export const WireInterval = z.strictObject({
  sequence,
  startMs: count.multipleOf(intervalMs),
  byteKind: ByteKind,
  services: z.array(ServiceIntervalTuple).max(10_000),
});
export type WireInterval = z.infer<typeof WireInterval>;

/** An hour: a panel that was away asks as often as there is more. */
export const INTERVALS_MAX = 360;

/** `after`: the sequence that the panel has committed last of this journal. Of another journal, or of none (null), it gets all that there is. */
export const JournalInput = z.strictObject({ journalId: Id.nullable(), after: count, limit: z.int().min(1).max(INTERVALS_MAX) });
export type JournalInput = z.infer<typeof JournalInput>;

export const JournalAnswer = z.strictObject({
  /** Another one than before: the journal began anew, and its sequences with it. */
  journalId: Id,
  /** In order. Sequences that are left out between them, or before the first, are gone for good. */
  intervals: z.array(WireInterval).max(INTERVALS_MAX),
  /** The highest sequence that is gone without a panel having committed it; null: none is. */
  dropped: sequence.nullable(),
  /** There are more, that did not fit in this answer. */
  more: z.boolean(),
});
export type JournalAnswer = z.infer<typeof JournalAnswer>;

/** The panel has everything up to here on its disk: the agent may forget it. */
export const JournalCommittedInput = z.strictObject({ journalId: Id, sequence });
export type JournalCommittedInput = z.infer<typeof JournalCommittedInput>;

/** What is committed now: of a journal that is no longer kept, nothing was forgotten. */
export const JournalCommitted = z.strictObject({ journalId: Id, committed: count });
export type JournalCommitted = z.infer<typeof JournalCommitted>;

type CarriedTuple = z.infer<typeof CarriedTuple>;
type RealServerTuple = z.infer<typeof RealServerTuple>;
type Growths = Carried['growth'];

const largest = BigInt(LARGEST_COUNTER);

/** No counter grows further than it can count; a forwarder that says so all the same must not hold up what follows. */
function bounded(growths: Growths): Counters {
  if (counterNames.every((name) => typeof growths[name] === 'string' || growths[name] <= largest)) return growths;
  const of = (name: keyof Growths): Growths[keyof Growths] => (typeof growths[name] === 'bigint' && growths[name] > largest ? largest : growths[name]);
  return { connections: of('connections'), packetsIn: of('packetsIn'), packetsOut: of('packetsOut'), bytesIn: of('bytesIn'), bytesOut: of('bytesOut') };
}

function encodeCarried({ measuredMs, growth, measuredGrowth, active, inactive }: Carried): CarriedTuple {
  const isSame = growth === measuredGrowth || counterNames.every((name) => growth[name] === measuredGrowth[name]);
  return [measuredMs, encodeCounters(bounded(growth)), isSame ? null : encodeCounters(bounded(measuredGrowth)), active.mean, active.most, inactive.mean];
}

function decodeCarried([measuredMs, growth, measuredGrowth, activeMean, activeMost, inactiveMean]: CarriedTuple): Carried {
  const all = decodeCounters(growth);
  return {
    measuredMs, growth: all, measuredGrowth: measuredGrowth === null ? all : decodeCounters(measuredGrowth),
    active: { mean: activeMean, most: activeMost }, inactive: { mean: inactiveMean },
  };
}

function decodeRealServer([key, realServerId, weight, carried]: RealServerTuple): RealServerCarried {
  return { key, realServerId, weight, ...decodeCarried(carried) };
}

export function encodeServiceInterval({ key, clusterId, serviceId, realServers, ...carried }: ServiceCarried): ServiceIntervalTuple {
  return [
    key, clusterId, serviceId, encodeCarried(carried),
    realServers.map((realServer): RealServerTuple => [realServer.key, realServer.realServerId, realServer.weight, encodeCarried(realServer)]),
  ];
}

export function encodeInterval({ services, ...interval }: Interval): WireInterval {
  return { ...interval, services: services.map(encodeServiceInterval) };
}

export function decodeInterval({ services, ...interval }: WireInterval): Interval {
  return {
    ...interval,
    services: services.map(([key, clusterId, serviceId, carried, realServers]): ServiceCarried => (
      { key, clusterId, serviceId, ...decodeCarried(carried), realServers: realServers.map(decodeRealServer) })),
  };
}
