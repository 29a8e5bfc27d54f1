// One second of the overview: all clusters in sum, and the services that matter most, without a row for any real server. Pure.
import { gravestOf, linesMax, lineId, tracesOf } from '../../../live/service-line.ts';
import type { ServiceLine } from '../../../live/service-line.ts';
import type { LiveTick } from '../../../live/topic.ts';
import { holdersOf } from '../holders.ts';
import type { Holder } from '../holders.ts';
import { directorsOf } from '../live-directors.ts';
import type { Moment } from '../moment.ts';
import { serviceIds } from '../rows/rows.ts';
import { serviceLine } from './line.ts';
import { FirstLines } from './order.ts';
import { TotalsSum } from './totals.ts';

/** `traced`: of a second that is past, only what these services carried. */
export function composeOverview(moment: Moment, traced: ReadonlySet<string> | null = null): LiveTick {
  const first = new FirstLines(linesMax);
  const past: ServiceLine[] = [];
  const all = { services: 0, troubled: 0 };
  const holders: Holder[] = [];
  const [live, silent] = [new TotalsSum(), new TotalsSum()];
  for (const revision of moment.wanted) {
    const own = holdersOf(revision, moment.directors);
    holders.push(...own);
    for (const id of serviceIds(revision, own)) {
      const line = serviceLine(id, revision, own);
      if (line === null) continue;
      if (line.directors.length > 0) (line.troubles.includes('silent') ? silent : live).add(line.carried);
      all.services += 1;
      if (gravestOf(line.troubles) !== null) all.troubled += 1;
      if (traced === null) first.add(line);
      else if (traced.has(lineId(line))) past.push(line);
    }
  }
  const said = traced === null ? { lines: { shown: first.lines(), ...all } } : { traces: tracesOf(past) };
  // Last words are never added to what is live; they are all there is while everybody is silent.
  const heard = holders.some(({ director }) => director.live) ? live : silent;
  return { topic: 'overview', atMs: moment.atMs, directors: directorsOf(holders), services: [], totals: heard.totals(), ...said };
}
