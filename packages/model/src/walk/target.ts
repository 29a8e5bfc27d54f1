// What a client can ask a service for, and where a real server is by its address alone.
import { addressScope } from '../definition/address.ts';
import type { IpAddress } from '../definition/address.ts';
import type { ClusterDirector, ServiceMatch } from '../definition/definition.ts';
import { vipsOf } from '../definition/definition.ts';
import type { RealServerPlace, WalkInput } from './packet.ts';

/** For a service that takes every port: HTTP's. */
const EXAMPLE_PORT = 80;

/** Every VIP and port of a service; of one that takes every port, an example. */
export function targetsOf(match: ServiceMatch): WalkInput['target'][] {
  const named = match.kind === 'mark' ? match.ports : [match.port];
  const ports = named.filter((port) => port !== 0);
  return vipsOf(match).flatMap((vip) => (ports.length === 0 ? [EXAMPLE_PORT] : ports).map((port) => ({ vip, port })));
}

/** A real server on the director's own addresses is there; another is taken to be on its link. */
export function likelyPlace(rip: IpAddress, dip: ClusterDirector['dip']): RealServerPlace {
  return rip === dip.ipv4 || rip === dip.ipv6 || addressScope(rip) === 'loopback' ? 'onDirector' : 'sameSubnet';
}
