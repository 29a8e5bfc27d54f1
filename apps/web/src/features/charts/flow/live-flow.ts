// What the live stream brought as charts draw it. Pure.
import type { ByteKind } from '@weir/model';
import type { Figures, LiveService, LiveTick } from '../../../live/topic.ts';
import { pointsOf, type ChartTime } from '../../live/series.ts';
import { eachMetric, numberOf, sumOf, unseenIn, type Flow, type FlowLine, type Metric, type Value } from './flow.ts';
import { restId, type RestAs } from './top-lines.ts';

export interface Seen {
  readonly values: Readonly<Record<Metric, Value>>;
  readonly weight: number | null;
  readonly byteKind: ByteKind | null;
}

/** A line finds its values in a tick; undefined where nobody measured, so that the last value stays the last. */
export interface LiveLine {
  readonly id: string;
  readonly name: string;
  readonly seenIn: (tick: LiveTick) => Seen | undefined;
}

/** Ticks never change: each is looked into once for each line, however often it is drawn. */
export function remembered(line: LiveLine): LiveLine {
  const known = new WeakMap<LiveTick, { readonly seen: Seen | undefined }>();
  const seenIn = (tick: LiveTick) => {
    const found = known.get(tick) ?? { seen: line.seenIn(tick) };
    known.set(tick, found);
    return found.seen;
  };
  return { ...line, seenIn };
}

/** Old figures are not drawn as new ones: one of the directors that they count is live. */
export function isMeasured({ directors }: LiveTick, counted: readonly string[]): boolean {
  return directors.some(({ directorId, state }) => state === 'live' && counted.includes(directorId));
}

/** What nobody measured is left out; where a part that was measured is not known, neither is the sum. */
export function seenOf(parts: readonly Figures[], weight: number | null = null): Seen {
  const figures = parts.filter(({ measuredAtMs }) => measuredAtMs !== null);
  const kinds = new Set(figures.flatMap(({ byteKind }) => byteKind ?? []));
  const [kind] = kinds;
  const value = (metric: Metric): Value => {
    // Bytes of two kinds have no sum.
    if (kinds.size > 1 && (metric === 'bytesIn' || metric === 'bytesOut')) return null;
    // A second has no more than its one sample.
    if (metric === 'activeMost') return null;
    return sumOf(figures.map(({ active, perSecond }) => (metric === 'active' ? active : perSecond[metric])));
  };
  return { values: eachMetric(value), weight, byteKind: kinds.size === 1 ? kind ?? null : null };
}

function seenAs(as: RestAs, parts: readonly Figures[]): Seen {
  const seen = seenOf(parts);
  const count = parts.filter(({ measuredAtMs }) => measuredAtMs !== null).length;
  const { values } = seen;
  return as === 'sum' ? seen : { ...seen, values: eachMetric((metric) => (typeof values[metric] === 'number' ? values[metric] / count : values[metric])) };
}

export function wholeCluster(clusterId: string, name: string): LiveLine {
  return {
    id: clusterId, name,
    seenIn: (tick) => {
      const services = tick.services.filter((service) => isMeasured(tick, service.directors));
      return services.length === 0 ? undefined : seenOf(services.map(({ figures }) => figures));
    },
  };
}

/** All that a director forwards. */
export function wholeDirector(directorId: string, name: string): LiveLine {
  return {
    id: directorId, name,
    seenIn: (tick) => (tick.figures !== undefined && isMeasured(tick, [directorId]) ? seenOf([tick.figures]) : undefined),
  };
}

export function serviceIn(tick: LiveTick, serviceId: string): LiveService | undefined {
  const service = tick.services.find((each) => each.serviceId === serviceId);
  return service !== undefined && isMeasured(tick, service.directors) ? service : undefined;
}

export function wholeService(serviceId: string, name: string): LiveLine {
  return {
    id: serviceId, name,
    seenIn: (tick) => {
      const service = serviceIn(tick, serviceId);
      return service && seenOf([service.figures]);
    },
  };
}

/** One that no revision knows has nothing but its address. */
export function realServerIn(serviceId: string, { id, name }: { readonly id: string; readonly name: string }): LiveLine {
  return {
    id, name,
    seenIn: (tick) => {
      const row = serviceIn(tick, serviceId)?.realServers.find(({ realServerId, key }) => (realServerId ?? key) === id);
      return row && seenOf([row.figures], row.weight);
    },
  };
}

/** The rest of a service's real servers, in one. */
export function othersIn(serviceId: string, without: ReadonlySet<string>, { as, name }: { readonly as: RestAs; readonly name: string }): LiveLine {
  return {
    id: restId(as), name,
    seenIn: (tick) => {
      const rows = serviceIn(tick, serviceId)?.realServers.filter(({ realServerId, key }) => !without.has(realServerId ?? key));
      return rows === undefined || rows.length === 0 ? undefined : seenAs(as, rows.map(({ figures }) => figures));
    },
  };
}

/** The ticks that a window of steps is made of. */
export function ticksIn(ticks: readonly LiveTick[], { window, stepMs }: ChartTime): readonly LiveTick[] {
  return ticks.filter(({ atMs }) => atMs > window.fromMs - stepMs && atMs <= window.toMs);
}

export function liveFlow(ticks: readonly LiveTick[], time: ChartTime, lines: readonly LiveLine[], of: { readonly key: string; readonly slides: boolean }): Flow {
  const newest = ticks.at(-1);
  const kinds = new Set(lines.flatMap(({ seenIn }) => (newest && seenIn(newest)?.byteKind) ?? []));
  const [kind = null] = kinds;
  return {
    ...of, live: of.slides, peaks: false, window: time.window, stepMs: time.stepMs, byteKind: kinds.size === 1 ? kind : null,
    lines: lines.map((line) => lineOf(line, ticks, time)),
  };
}

function lineOf({ id, name, seenIn }: LiveLine, ticks: readonly LiveTick[], time: ChartTime): FlowLine {
  const points = (of: (seen: Seen) => Value) => pointsOf(ticks, time, (tick) => {
    const seen = seenIn(tick);
    return seen && numberOf(of(seen));
  });
  return {
    id, name,
    points: eachMetric((metric) => points(({ values }) => values[metric])),
    unseen: eachMetric((metric) => unseenIn(ticks.map((tick) => seenIn(tick)?.values[metric] ?? null))),
    weights: points(({ weight }) => weight),
  };
}
