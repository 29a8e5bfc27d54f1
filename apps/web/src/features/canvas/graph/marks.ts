// What is wrong or unwise at each drawn object: what lint found, and what is not filled in yet.
import type { ClusterDefinition, Finding } from '@weir/model';
import { laneNode, realServerNode, serviceNode, type NodeKey } from './node-key.ts';

export interface Marked<F> {
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly F[];
}

/** Findings by the node at which they are shown. What is about the cluster as a whole is at none. */
export function marksOf<F extends Pick<Finding, 'path' | 'severity'>>(definition: ClusterDefinition, findings: readonly F[]): ReadonlyMap<NodeKey, Marked<F>> {
  const marks = new Map<NodeKey, Marked<F>>();
  for (const finding of findings) {
    const key = nodeAtPath(definition, finding.path);
    if (key === null) continue;
    const before = marks.get(key) ?? { errors: 0, warnings: 0, findings: [] };
    const error = finding.severity === 'error';
    marks.set(key, { errors: before.errors + (error ? 1 : 0), warnings: before.warnings + (error ? 0 : 1), findings: [...before.findings, finding] });
  }
  return marks;
}

/** The node of the object that a place of the definition belongs to; a VIP's is its holder's. */
export function nodeAtPath(definition: ClusterDefinition, [list, index, inner, place]: readonly (string | number)[]): NodeKey | null {
  if (typeof index !== 'number') return null;
  if (list === 'directors') {
    const director = definition.directors[index];
    return director === undefined ? null : laneNode(director.directorId);
  }
  if (list === 'vips') {
    const vip = definition.vips[index];
    return vip === undefined ? null : laneNode(vip.holder);
  }
  const service = list === 'services' ? definition.services[index] : undefined;
  if (service === undefined) return null;
  const realServer = inner === 'realServers' && typeof place === 'number' ? service.realServers[place] : undefined;
  return realServer === undefined ? serviceNode(service.id) : realServerNode(service.id, realServer.id);
}

