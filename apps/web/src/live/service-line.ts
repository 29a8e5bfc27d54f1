// A virtual service in one line of the overview: what it carries and how it stands, without its real servers. No server code.
import { Id, Unseen } from '@weir/model';
import { z } from 'zod';

const Count = z.int().min(0);
const PerSecond = z.union([z.number().min(0), Unseen]).nullable();

/** What is carried now, in few figures. Null is "not known now", never 0; bytes of different kinds have no sum, so they are null where directors differ. */
export const Carried = z.strictObject({
  active: Count.nullable(),
  perSecond: z.strictObject({ connections: PerSecond, bytesIn: PerSecond, bytesOut: PerSecond }),
  byteKind: z.enum(['ipBytes', 'payloadBytes']).nullable(),
});
export type Carried = z.infer<typeof Carried>;

/** What is wrong with a service, or under way, gravest first. */
export const Trouble = z.enum([
  /** On some director none of its real servers has a weight: nobody takes new connections there. */
  'takesNone',
  'belowQuorum',
  /** A director has accepted it and answers, and none forwards it. */
  'notForwarded',
  /** All that forward it are silent: its figures are the last ones. */
  'silent',
  'someDown',
  /** It has no real servers. */
  'empty',
  /** No director has said anything of it yet. */
  'unheard',
  /** A director of the wanted revision has not accepted it where it is there, or still has it where it is not. */
  'notApplied',
  'draining',
]);
export type Trouble = z.infer<typeof Trouble>;

/** What somebody ordered, or has still to order: nothing that clients suffer from. */
const planned: ReadonlySet<Trouble> = new Set<Trouble>(['notApplied', 'draining']);

/** The gravest that clients may suffer from. */
export function gravestOf(troubles: readonly Trouble[]): Trouble | null {
  return troubles.find((trouble) => !planned.has(trouble)) ?? null;
}

export const ServiceLine = z.strictObject({
  clusterId: Id,
  serviceId: Id,
  name: z.string(),
  /** The model's ServiceKey, such as `tcp 10.0.0.1:80`. */
  key: z.string(),
  /** How packets get to its real servers; null: in several ways, or it has none. */
  method: z.enum(['nat', 'dr', 'tun', 'proxied']).nullable(),
  /** The directors that the figures count. */
  directors: z.array(Id),
  carried: Carried,
  /** By the director that sees it gravest. Down by their checks; of those with weight 0 the ones that still have connections, and the others. */
  realServers: z.strictObject({ all: Count, down: Count, draining: Count, out: Count }),
  troubles: z.array(Trouble),
});
export type ServiceLine = z.infer<typeof ServiceLine>;

/** As many as a person reads; the rest is found by its name, its addresses or its cluster. */
export const linesMax = 50;

/** The services that matter most: the gravest first, then those that carry most. */
export const LiveLines = z.strictObject({
  shown: z.array(ServiceLine).max(linesMax),
  /** How many services there are. */
  services: Count,
  /** How many of them have a trouble that clients may suffer from. */
  troubled: Count,
});
export type LiveLines = z.infer<typeof LiveLines>;

/** Bytes in per second of a second that is past, by service: all that a sparkline needs. A service that nobody measured is not in it. */
export const Traces = z.record(z.string(), z.number().min(0).nullable());
export type Traces = z.infer<typeof Traces>;

/** What a line is drawn of; undefined where nobody measured. */
export function traceOf({ directors, troubles, carried }: Pick<ServiceLine, 'directors' | 'troubles' | 'carried'>): number | null | undefined {
  if (directors.length === 0 || troubles.includes('silent')) return undefined;
  return typeof carried.perSecond.bytesIn === 'number' ? carried.perSecond.bytesIn : null;
}

export function tracesOf(lines: readonly ServiceLine[]): Traces {
  const traces: Traces = {};
  for (const line of lines) {
    const trace = traceOf(line);
    if (trace !== undefined) traces[lineId(line)] = trace;
  }
  return traces;
}

/** A service's id is its own in its cluster only. */
export function lineId({ clusterId, serviceId }: Pick<ServiceLine, 'clusterId' | 'serviceId'>): string {
  return `${clusterId}/${serviceId}`;
}
