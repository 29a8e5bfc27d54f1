// What comes in for each real server of a director now, from its last two samples. Pure.
import { ratesBetween, realServerKey } from '@weir/model';
import type { HeldSample } from '../held/ring.ts';

/** Bytes per second by service and real server; null where that is not known, as of one that is new. */
export type Incoming = ReadonlyMap<string, number | null>;

export function incomingOf(sample: HeldSample, before: HeldSample): Incoming {
  const rows = sample.serviceKeys.flatMap((service) => {
    const earlier = before.service(service)?.realServers;
    return [...sample.service(service)?.realServers ?? []].map(([endpoint, { counters }]): [string, number | null] => {
      const then = earlier?.get(endpoint);
      if (then === undefined) return [realServerKey(service, endpoint), null];
      const { bytesIn } = ratesBetween({ counters: then.counters, measuredAtMs: before.measuredAtMs }, { counters, measuredAtMs: sample.measuredAtMs }).perSecond;
      return [realServerKey(service, endpoint), typeof bytesIn === 'number' ? bytesIn : null];
    });
  });
  return new Map(rows);
}
