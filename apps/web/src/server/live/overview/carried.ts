// What the directors of a service carry now, in sum: the few figures of the overview, without the rest of a service's. Pure.
import { ratesBetween } from '@weir/model';
import type { Rate } from '@weir/model';
import type { Carried } from '../../../live/service-line.ts';
import type { Report } from '../holders.ts';

const names = ['connections', 'bytesIn', 'bytesOut'] as const;
type PerSecond = Carried['perSecond'];

const nothingKnown: Carried = { active: null, perSecond: { connections: null, bytesIn: null, bytesOut: null }, byteKind: null };

function carriedOn({ at, service: { sample }, before }: Report): Carried {
  let active: number | null = 0;
  for (const { connections } of sample.realServers) active = plus(active, connections.active);
  if (before === null) return { active, perSecond: unseenOnly(sample.counters), byteKind: at.byteKind };
  const { perSecond } = ratesBetween({ counters: before.service.sample.counters, measuredAtMs: before.measuredAtMs }, { counters: sample.counters, measuredAtMs: at.measuredAtMs });
  return { active, perSecond: { connections: perSecond.connections, bytesIn: perSecond.bytesIn, bytesOut: perSecond.bytesOut }, byteKind: at.byteKind };
}

/** What cannot be seen needs no window to be told. */
function unseenOnly(counters: Report['service']['sample']['counters']): PerSecond {
  const of = (name: (typeof names)[number]): Rate => (typeof counters[name] === 'bigint' ? null : counters[name]);
  return { connections: of('connections'), bytesIn: of('bytesIn'), bytesOut: of('bytesOut') };
}

/** By none it is unknown. Bytes of different kinds have no sum. */
export function carriedBy(reports: readonly Report[]): Carried {
  const [first, ...others] = reports.map(carriedOn);
  if (first === undefined) return nothingKnown;
  if (others.length === 0) return first;
  const byteKind = others.every((part) => part.byteKind === first.byteKind) ? first.byteKind : null;
  let { active } = first;
  let { connections, bytesIn, bytesOut } = first.perSecond;
  for (const part of others) {
    active = plus(active, part.active);
    connections = plusRate(connections, part.perSecond.connections);
    bytesIn = plusRate(bytesIn, part.perSecond.bytesIn);
    bytesOut = plusRate(bytesOut, part.perSecond.bytesOut);
  }
  return { active, perSecond: { connections, bytesIn: byteKind === null ? null : bytesIn, bytesOut: byteKind === null ? null : bytesOut }, byteKind };
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** Unseen where one of them is, since the rest would look like the whole; null where one of them is. */
function plusRate(a: Rate, b: Rate): Rate {
  if (typeof a === 'string') return a;
  return typeof b === 'string' ? b : plus(a, b);
}
