// What the kernel counted of one service, as Weir reports it.
import type { Counters, RealServerSample, ServiceSample } from '@weir/model';
import { forward } from '@weir/ipvs';
import type { Counters as KernelCounters, DestinationRow, IpvsClient } from '@weir/ipvs';
import type { KnownService } from './known-service.ts';

const bypasses = 'replyBypassesDirector';

/** Local delivery and the cache bypass are like DR to the director: whoever answers does so itself. */
function isBypassing({ forward: method }: DestinationRow): boolean {
  return method !== forward.masquerade;
}

function seen(counters: KernelCounters, repliesSeen: boolean): Counters {
  return repliesSeen ? counters : { ...counters, packetsOut: bypasses, bytesOut: bypasses };
}

function realServerSampleOf(key: string, row: DestinationRow): RealServerSample {
  return {
    key, weight: row.weight, counters: seen(row.counters(), !isBypassing(row)),
    connections: { active: row.active, inactive: row.inactive, persistent: row.persistent },
  };
}

/**
 * A service's sum lacks the replies of every real server that answers past the director, and then says so: part of a sum is no sum.
 * One that has lost all of them counts as it did; where nobody knows how, packets that came and were never answered were answered elsewhere.
 */
export function sampleOf(service: KnownService, counters: KernelCounters, client: Pick<IpvsClient, 'eachDestination'>): ServiceSample {
  let repliesSeen = true;
  const { length } = client.eachDestination(service.named, (row, place) => {
    const sample = service.sampleAt(place, row, realServerSampleOf);
    repliesSeen &&= sample.counters.packetsOut !== bypasses;
    return sample;
  });
  if (length > 0) service.repliesSeen = repliesSeen;
  else repliesSeen = service.repliesSeen ?? (counters.packetsOut > 0n || counters.packetsIn === 0n);
  return { key: service.key, refused: null, counters: seen(counters, repliesSeen), realServers: service.inOrder(length) };
}
