// What comes in for each real server of a director now, from its last two samples. Pure.
import { ratesBetween, realServerKey } from '@weir/model';
import type { HeldSample } from './ring.ts';

/** Bytes per second by service and real server; null where that is not known, as of one that is new. */
export type Incoming = ReadonlyMap<string, number | null>;

export function incomingOf(sample: HeldSample, before: HeldSample): Incoming {
  const rows = [...sample.services].flatMap(([service, { realServers }]) => [...realServers].map(([endpoint, { counters }]): [string, number | null] => {
    const earlier = before.services.get(service)?.realServers.get(endpoint);
    if (earlier === undefined) return [realServerKey(service, endpoint), null];
    const { bytesIn } = ratesBetween({ counters: earlier.counters, measuredAtMs: before.measuredAtMs }, { counters, measuredAtMs: sample.measuredAtMs }).perSecond;
    return [realServerKey(service, endpoint), typeof bytesIn === 'number' ? bytesIn : null];
  }));
  return new Map(rows);
}
