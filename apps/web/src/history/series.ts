// What pages ask of history and what they get: series of one object, in steps on one time axis. No server code.
import { ByteKind, Id, Unseen } from '@weir/model';
import { z } from 'zod';

const timeMs = z.int().min(0);

/** Whose history: a cluster (all its services on all directors), a director (all it forwards), a service, or a real server in a service. */
export const HistorySubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cluster'), clusterId: Id }),
  z.strictObject({ kind: z.literal('director'), directorId: Id }),
  z.strictObject({ kind: z.literal('service'), clusterId: Id, serviceId: Id }),
  z.strictObject({ kind: z.literal('realServer'), clusterId: Id, serviceId: Id, realServerId: Id }),
]);
export type HistorySubject = z.infer<typeof HistorySubject>;

/** As many as a chart draws quickly. */
export const stepsMax = 300;

export const HistoryInput = z.strictObject({
  subject: HistorySubject,
  /** With `realServer` the subject is a service, and there is a line for each of its real servers. */
  by: z.enum(['whole', 'realServer']).default('whole'),
  fromMs: timeMs,
  toMs: timeMs,
  steps: z.int().min(1).max(stepsMax).default(stepsMax),
});
export type HistoryInput = z.infer<typeof HistoryInput>;

/** Null: nobody measured, or a counter began anew: a gap. */
const Value = z.number().nullable();
const Rate = z.union([z.number().min(0), Unseen]).nullable();

export const HistoryPoint = z.strictObject({
  /** The step's end. */
  t: timeMs,
  active: Value,
  /** The most in the step: a peak is not lost in a mean. */
  activeMost: Value,
  inactive: Value,
  perSecond: z.strictObject({ connections: Rate, packetsIn: Rate, packetsOut: Rate, bytesIn: Rate, bytesOut: Rate }),
  /** Of a real server. */
  weight: Value,
});
export type HistoryPoint = z.infer<typeof HistoryPoint>;

/** Over the whole range; counter resets lose nothing of it. */
const Total = z.union([z.string().regex(/^\d+$/), Unseen]).nullable();
export const HistoryTotals = z.strictObject({ connections: Total, packetsIn: Total, packetsOut: Total, bytesIn: Total, bytesOut: Total });
export type HistoryTotals = z.infer<typeof HistoryTotals>;

export const HistoryLine = z.strictObject({
  /** Null: the subject as a whole. */
  realServerId: Id.nullable(),
  /** As it is called now, else its key. */
  name: z.string(),
  points: z.array(HistoryPoint),
  totals: HistoryTotals,
});
export type HistoryLine = z.infer<typeof HistoryLine>;

export const HistoryAnswer = z.strictObject({
  fromMs: timeMs,
  toMs: timeMs,
  /** Of one point. */
  stepMs: z.int().min(1_000),
  /** The tier that was read: its interval. */
  resolutionMs: z.int().min(1_000),
  /** Null: nothing was measured, or directors count different bytes, which are never added: the byte figures are null then. */
  byteKind: ByteKind.nullable(),
  lines: z.array(HistoryLine),
  /** Directors whose part is not in it, and why: their agent is older, or does not answer and has what the panel missed. */
  missing: z.array(z.strictObject({ directorId: Id, name: z.string(), why: z.enum(['silent', 'olderAgent']) })),
});
export type HistoryAnswer = z.infer<typeof HistoryAnswer>;
