// One second of the overview: every cluster in sum, and the services that matter most, without a row for any real server. Pure.
import { gravestOf, linesMax, lineId, tracesOf } from '../../../live/service-line.ts';
import type { Carried, ServiceLine } from '../../../live/service-line.ts';
import type { LiveCluster, LiveTick } from '../../../live/topic.ts';
import { holdersOf } from '../holders.ts';
import type { Holder } from '../holders.ts';
import { directorsOf } from '../live-directors.ts';
import type { Moment } from '../moment.ts';
import { serviceIds } from '../rows/rows.ts';
import { sumCarried } from './carried.ts';
import { serviceLine } from './line.ts';
import { FirstLines } from './order.ts';

/** `traced`: of a second that is past, only what these services carried. */
export function composeOverview(moment: Moment, traced: ReadonlySet<string> | null = null): LiveTick {
  const first = new FirstLines(linesMax);
  const past: ServiceLine[] = [];
  const all = { services: 0, troubled: 0 };
  const holders: Holder[] = [];
  const clusters = moment.wanted.map((revision): LiveCluster => {
    const own = holdersOf(revision, moment.directors);
    holders.push(...own);
    const sum = new ClusterSum();
    for (const id of serviceIds(revision, own)) {
      const line = serviceLine(id, revision, own);
      if (line === null) continue;
      sum.add(line);
      all.services += 1;
      if (gravestOf(line.troubles) !== null) all.troubled += 1;
      if (traced === null) first.add(line);
      else if (traced.has(lineId(line))) past.push(line);
    }
    return { clusterId: revision.clusterId, name: revision.name, ...sum.figures() };
  });
  const said = traced === null ? { lines: { shown: first.lines(), ...all } } : { traces: tracesOf(past) };
  return { topic: 'overview', atMs: moment.atMs, directors: directorsOf(holders), clusters, services: [], ...said };
}

/** The services of one cluster, added one after the other. */
class ClusterSum {
  readonly #directors = new Set<string>();
  readonly #carried: Carried[] = [];
  readonly #counts = { services: 0, takingNone: 0, someDown: 0, belowQuorum: 0 };

  add({ directors, carried, troubles }: ServiceLine): void {
    for (const id of directors) this.#directors.add(id);
    if (directors.length > 0) this.#carried.push(carried);
    this.#counts.services += 1;
    if (troubles.includes('takesNone')) this.#counts.takingNone += 1;
    if (troubles.includes('someDown')) this.#counts.someDown += 1;
    if (troubles.includes('belowQuorum')) this.#counts.belowQuorum += 1;
  }

  figures(): Omit<LiveCluster, 'clusterId' | 'name'> {
    return { directors: [...this.#directors], carried: sumCarried(this.#carried), ...this.#counts };
  }
}
