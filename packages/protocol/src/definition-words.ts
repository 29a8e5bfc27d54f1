// A definition in the words of an agent's version.
import { digest as digestOf } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import { OLDEST_AGENT_VERSION, PROTOCOL_VERSION, since } from './version.ts';

/** What version 1 has no word for: it leaves its host alone, whoever keeps it. */
export function namesHosts({ directors }: ClusterDefinition): boolean {
  return directors.some(({ host }) => host !== undefined);
}

export function definitionFor(version: number, definition: ClusterDefinition): ClusterDefinition {
  if (version >= since.hosts || !namesHosts(definition)) return definition;
  return { ...definition, directors: definition.directors.map(({ directorId, dip }) => ({ directorId, dip })) };
}

/** Whether an agent of any version that is spoken with means this definition by its digest. */
export function isDigestOf(digest: string, definition: ClusterDefinition): boolean {
  return [PROTOCOL_VERSION, OLDEST_AGENT_VERSION].some((version) => digestOf(definitionFor(version, definition)) === digest);
}
