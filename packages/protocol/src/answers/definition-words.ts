// A definition in the words of an agent's version.
import { digest as digestOf } from '@weir/model';
import type { ClusterDefinition, VirtualService } from '@weir/model';
import { OLDEST_AGENT_VERSION, PROTOCOL_VERSION, since } from '../version.ts';

/** What version 2 has no word for: it asks nothing of real servers, and keeps nothing of what should be asked. */
export function namesHealth({ services }: ClusterDefinition): boolean {
  return services.some(({ health }) => health !== undefined);
}

export function definitionFor(version: number, definition: ClusterDefinition): ClusterDefinition {
  if (version >= since.health || !namesHealth(definition)) return definition;
  return { ...definition, services: definition.services.map(withoutHealth) };
}

function withoutHealth(service: VirtualService): VirtualService {
  const bare = { ...service };
  delete bare.health;
  return bare;
}

/** Whether an agent of any version that is spoken with means this definition by its digest. */
export function isDigestOf(digest: string, definition: ClusterDefinition): boolean {
  return [PROTOCOL_VERSION, OLDEST_AGENT_VERSION].some((version) => digestOf(definitionFor(version, definition)) === digest);
}
