// Live data on the wire: one tick a second, as tuples, because names would be most of its bytes.
import type { Counter, Counters, RealServerSample, Refusals, Sample, ServiceSample } from '@weir/model';
import { Id, noRefusals, RefusalReason, Unseen } from '@weir/model';
import { z } from 'zod';
import { DirectorState } from './director.ts';
import { HealthChangesEvent, HealthEvent } from './health.ts';

const UNSEEN: readonly string[] = Unseen.options;

function isUnseen(text: string): text is Unseen {
  return UNSEEN.includes(text);
}

export const LARGEST_COUNTER = String(2n ** 64n - 1n);
const digits = /^(?:0|[1-9]\d{0,19})$/;

/** Decimal digits of an unsigned 64-bit counter, or why there is none. One check, for there are five in each real server of each tick. */
export function isCounterText(text: string): boolean {
  return digits.test(text) ? text.length < LARGEST_COUNTER.length || text <= LARGEST_COUNTER : isUnseen(text);
}

const CounterText = z.string().refine(isCounterText, { error: 'not a counter' });
/** The same without reasons why there is none. */
const Digits = CounterText.refine((text) => !isUnseen(text), { error: 'not a number' });
const count = z.int().min(0);
export const KEY_LENGTH_MAX = 80;
export const KeyText = z.string().min(1).max(KEY_LENGTH_MAX);
/** Services of a director, and real servers of a service. */
export const ROWS_MAX = 10_000;

/** connections, packets in, packets out, bytes in, bytes out */
export const CountersTuple = z.tuple([CounterText, CounterText, CounterText, CounterText, CounterText]);
/** key, weight, active, inactive, persistent, counters */
const RealServerTuple = z.tuple([KeyText, count, count, count, count.nullable(), CountersTuple]);
export const RealServerTuples = z.array(RealServerTuple).max(ROWS_MAX);
/** The reasons for which anybody was refused, and how often; null where nobody counts. */
export const RefusedTuples = z.array(z.tuple([RefusalReason, Digits])).max(RefusalReason.options.length).nullable();
/** key, counters, real servers, refused */
const ServiceTuple = z.tuple([KeyText, CountersTuple, RealServerTuples, RefusedTuples]);

export const Tick = z.strictObject({
  kind: z.literal('tick'),
  bootId: Id,
  sequence: z.int().min(0),
  measuredAtMs: z.int().min(0),
  services: z.array(ServiceTuple).max(ROWS_MAX),
});
export type Tick = z.infer<typeof Tick>;

export const StateEvent = z.strictObject({ kind: z.literal('state'), bootId: Id, state: DirectorState });

/** What an agent streams: state and health at the beginning and whenever they change, what changed in health, and a tick each second. */
export const StreamEvent = z.discriminatedUnion('kind', [Tick, StateEvent, HealthEvent, HealthChangesEvent]);
export type StreamEvent = z.infer<typeof StreamEvent>;

export type CountersTuple = z.infer<typeof CountersTuple>;
type CounterText = z.infer<typeof CounterText>;
export type RefusedTuples = z.infer<typeof RefusedTuples>;

export function encodeCounters({ connections, packetsIn, packetsOut, bytesIn, bytesOut }: Counters): CountersTuple {
  return [String(connections), String(packetsIn), String(packetsOut), String(bytesIn), String(bytesOut)];
}

function encodeRefused(refused: Refusals): NonNullable<RefusedTuples> {
  return RefusalReason.options.flatMap((reason): NonNullable<RefusedTuples> => (refused[reason] > 0n ? [[reason, String(refused[reason])]] : []));
}

export function decodeRefused(refused: NonNullable<RefusedTuples>): Refusals {
  return { ...noRefusals, ...Object.fromEntries(refused.map(([reason, text]) => [reason, BigInt(text)])) };
}

function decodeCounter(text: CounterText): Counter {
  return isUnseen(text) ? text : BigInt(text);
}

export function decodeCounters([connections, packetsIn, packetsOut, bytesIn, bytesOut]: CountersTuple): Counters {
  return {
    connections: decodeCounter(connections), packetsIn: decodeCounter(packetsIn), packetsOut: decodeCounter(packetsOut),
    bytesIn: decodeCounter(bytesIn), bytesOut: decodeCounter(bytesOut),
  };
}

export function encodeTick(bootId: string, sequence: number, { measuredAtMs, services }: Sample): Tick {
  return {
    kind: 'tick', bootId, sequence, measuredAtMs,
    services: services.map((service) => [
      service.key,
      encodeCounters(service.counters),
      service.realServers.map((realServer) => [
        realServer.key, realServer.weight,
        realServer.connections.active, realServer.connections.inactive, realServer.connections.persistent,
        encodeCounters(realServer.counters),
      ]),
      service.refused === null ? null : encodeRefused(service.refused),
    ]),
  };
}

export function decodeTick({ measuredAtMs, services }: Tick): Sample {
  return {
    measuredAtMs,
    services: services.map(([serviceKey, counters, realServers, refused]): ServiceSample => ({
      key: serviceKey,
      counters: decodeCounters(counters),
      refused: refused === null ? null : decodeRefused(refused),
      realServers: realServers.map(([endpointKey, weight, active, inactive, persistent, own]): RealServerSample => (
        { key: endpointKey, weight, connections: { active, inactive, persistent }, counters: decodeCounters(own) })),
    })),
  };
}
