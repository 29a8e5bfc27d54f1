// What the kernel counted of one service, as Weir reports it.
import type { Counters, RealServerSample, ServiceSample } from '@weir/model';
import { destinationName, forward, serviceName } from '@weir/ipvs';
import type { DestinationSample, Service } from '@weir/ipvs';
import { sortedBy } from './actual.ts';

const bypasses = 'replyBypassesDirector';

/** Local delivery and the cache bypass are like DR to the director: whoever answers does so itself. */
function isBypassing({ forward: method }: DestinationSample): boolean {
  return method !== forward.masquerade;
}

function seen(counters: Service['counters'], repliesSeen: boolean): Counters {
  const { connections, packetsIn, bytesIn, packetsOut, bytesOut } = counters;
  return {
    connections, packetsIn, bytesIn,
    packetsOut: repliesSeen ? packetsOut : bypasses, bytesOut: repliesSeen ? bytesOut : bypasses,
  };
}

function realServerSample(destination: DestinationSample): RealServerSample {
  const { id, weight, connections, counters } = destination;
  return { key: destinationName(id), weight, connections: { ...connections }, counters: seen(counters, !isBypassing(destination)) };
}

/** A service's sum lacks the replies of every real server that answers past the director, and then says so: part of a sum is no sum. */
export function sampleOf({ id, counters }: Service, destinations: readonly DestinationSample[]): ServiceSample {
  return {
    key: serviceName(id), refused: null, counters: seen(counters, !destinations.some(isBypassing)),
    realServers: sortedBy(destinations.map(realServerSample), ({ key }) => key),
  };
}
