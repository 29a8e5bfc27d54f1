// The last minutes on the wire, second by second: one column for each figure, because names would be most of its bytes.
import { ByteKind, counterNames, Id, Unseen } from '@weir/model';
import type { Moment, Recent, RecentLine } from '@weir/model';
import { z } from 'zod';
import { KeyText } from '../tick.ts';

const count = z.int().min(0);
const timeMs = z.int().min(0);

/** Samples of one answer: of the time that is remembered, and some for a clock that was set. */
export const MOMENTS_MAX = 1_000;

/** Moments of all lines of one answer: where there would be more, the oldest are left out. */
export const RECENT_CELLS_MAX = 200_000;

export const RecentInput = z.strictObject({
  of: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('director') }),
    z.strictObject({ kind: z.literal('cluster'), clusterId: Id }),
    z.strictObject({ kind: z.literal('service'), clusterId: Id, serviceId: Id }),
  ]),
  /** Of a service: a line for each of its real servers too. */
  realServers: z.boolean(),
  fromMs: timeMs,
  toMs: timeMs,
});
export type RecentInput = z.infer<typeof RecentInput>;

const figures = z.array(count.nullable()).max(MOMENTS_MAX);
/** What nobody sees at any measured time is said once. */
const Column = z.union([Unseen, z.array(z.union([count, Unseen]).nullable()).max(MOMENTS_MAX)]);
/** key, real server's id, active, inactive, weight (null: it has none), growth of the five counters */
const LineTuple = z.tuple([KeyText.nullable(), Id.nullable(), figures, figures, figures.nullable(), z.tuple([Column, Column, Column, Column, Column])]);

const Answer = z.strictObject({
  byteKind: ByteKind,
  countersRefreshMs: count,
  sinceMs: timeMs.nullable(),
  atMs: z.array(timeMs).max(MOMENTS_MAX),
  /** Since the sample before; 0: after a hole. */
  stepMs: z.array(count).max(MOMENTS_MAX),
  /** The whole first, then real servers. */
  lines: z.array(LineTuple).max(10_001),
});

function isEven({ atMs, stepMs, lines }: z.infer<typeof Answer>): boolean {
  const { length } = atMs;
  return stepMs.length === length && lines.every(([, , active, inactive, weight, growth]) => (
    active.length === length && inactive.length === length && (weight === null || weight.length === length)
    && growth.every((column) => typeof column === 'string' || column.length === length)));
}

/** Every column has one figure for each time. */
export const RecentAnswer = Answer.refine(isEven, { error: 'columns of other lengths than the times' });
export type RecentAnswer = z.infer<typeof RecentAnswer>;

type LineTuple = z.infer<typeof LineTuple>;
type Column = z.infer<typeof Column>;
type CounterName = (typeof counterNames)[number];

/** Which moments are measured is seen by the connections, which are never said at once. */
function columnOf(moments: RecentLine['moments'], name: CounterName): Column {
  const column = moments.map((moment) => moment?.growth?.[name] ?? null);
  const unseen = column.find((figure) => typeof figure === 'string');
  if (unseen === undefined || name === 'connections') return column;
  return column.every((figure) => figure === null || figure === unseen) ? unseen : column;
}

function encodeLine({ key, realServerId, moments }: RecentLine): LineTuple {
  const column = (name: CounterName): Column => columnOf(moments, name);
  const hasWeight = moments.some((moment) => moment !== null && moment.weight !== null);
  return [
    key, realServerId, moments.map((moment) => moment?.active ?? null), moments.map((moment) => moment?.inactive ?? null),
    hasWeight ? moments.map((moment) => moment?.weight ?? null) : null,
    [column('connections'), column('packetsIn'), column('packetsOut'), column('bytesIn'), column('bytesOut')],
  ];
}

function growthAt([connections, packetsIn, packetsOut, bytesIn, bytesOut]: LineTuple[5], at: number): Moment['growth'] {
  const figure = (column: Column): number | Unseen | null => (typeof column === 'string' ? column : column[at] ?? null);
  const growth = { connections: figure(connections), packetsIn: figure(packetsIn), packetsOut: figure(packetsOut), bytesIn: figure(bytesIn), bytesOut: figure(bytesOut) };
  return isWhole(growth) ? growth : null;
}

function isWhole(growth: Record<CounterName, number | Unseen | null>): growth is NonNullable<Moment['growth']> {
  return counterNames.every((name) => growth[name] !== null);
}

function decodeLine([key, realServerId, active, inactive, weight, growth]: LineTuple): RecentLine {
  return {
    key, realServerId,
    moments: active.map((figure, at): Moment | null => (
      figure === null ? null : { active: figure, inactive: inactive[at] ?? 0, weight: weight?.[at] ?? null, growth: growthAt(growth, at) })),
  };
}

export function encodeRecent({ times, lines, ...recent }: Recent): RecentAnswer {
  return { ...recent, atMs: times.map(({ atMs }) => atMs), stepMs: times.map(({ stepMs }) => stepMs), lines: lines.map(encodeLine) };
}

export function decodeRecent({ atMs, stepMs, lines, ...recent }: RecentAnswer): Recent {
  return { ...recent, times: atMs.map((time, at) => ({ atMs: time, stepMs: stepMs[at] ?? 0 })), lines: lines.map(decodeLine) };
}
