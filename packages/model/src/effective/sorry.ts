// The sorry server of a service, as the real server that it is while it answers.
import type { RealServer, VirtualService } from '../definition/definition.ts';
import { endpointKey } from '../table/table.ts';

/** Null where the service has none that could stand beside its real servers. */
export function sorryOf({ health, realServers }: VirtualService): RealServer | null {
  const sorry = health?.sorry ?? null;
  if (sorry === null || realServers.some((realServer) => realServer.id === sorry.id || endpointKey(realServer) === endpointKey(sorry))) return null;
  return { ...sorry, weight: 1, thresholds: { upper: 0, lower: 0 } };
}
