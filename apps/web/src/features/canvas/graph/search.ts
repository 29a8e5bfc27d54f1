// Finds objects of a cluster by what people know of them: name, VIP, RIP, port, mark.
import { formatEndpoint, vipsOf, type ClusterDefinition, type RealServer, type VirtualService } from '@weir/model';
import { laneNode, realServerNode, serviceNode, type NodeKey } from './node-key.ts';

/** As many as a person steps through. */
export const FOUND_MAX = 200;

/** In the order in which they are drawn: directors, then each service with its real servers. A port alone is written `:443` or `443`. */
export function search(definition: ClusterDefinition, text: string, nameOf: (directorId: string) => string): NodeKey[] {
  const wanted = text.trim().toLowerCase();
  const found: NodeKey[] = [];
  if (wanted === '') return found;
  const matches = (...words: readonly string[]) => words.some((word) => word.toLowerCase().includes(wanted));
  for (const { directorId, dip } of definition.directors) {
    if (matches(nameOf(directorId), dip.ipv4 ?? '', dip.ipv6 ?? '')) found.push(laneNode(directorId));
  }
  for (const service of definition.services) {
    if (matches(...wordsOfService(service))) found.push(serviceNode(service.id));
    for (const realServer of service.realServers) if (matches(...wordsOf(realServer))) found.push(realServerNode(service.id, realServer.id));
    if (found.length >= FOUND_MAX) return found.slice(0, FOUND_MAX);
  }
  return found;
}

function wordsOfService({ name, match }: VirtualService): string[] {
  if (match.kind === 'mark') return [name, `fwm ${match.mark}`, ...vipsOf(match), ...match.ports.map((port) => `:${port}`)];
  return [name, formatEndpoint(match.vip, match.port)];
}

function wordsOf({ name, rip, port }: RealServer): string[] {
  return [name, formatEndpoint(rip, port)];
}
