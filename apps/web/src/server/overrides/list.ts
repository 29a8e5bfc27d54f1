// The overrides of a cluster as each director last said it holds them.
import type { ClusterDefinition, Override } from '@weir/model';
import { PanelError } from '../errors.ts';
import type { HeldOverride, DirectorOverrides } from './override-view.ts';
import { concerned } from './reading.ts';
import type { DirectorParts } from './reading.ts';

export function listOverrides(parts: DirectorParts, clusterId: string): Promise<DirectorOverrides[]> {
  return Promise.all(concerned(parts, clusterId).map(async ({ directorId, name, link, acceptedRevision }) => {
    const held = parts.gateway.state(directorId)?.overrides.filter(({ target }) => target.clusterId === clusterId) ?? null;
    const definition = held === null || held.length === 0 || acceptedRevision === null ? null : await definitionOf(parts, clusterId, acceptedRevision);
    return {
      directorId, name, link, revision: acceptedRevision,
      heardAtMs: parts.gateway.director(directorId)?.link.lastSeenAt ?? null,
      overrides: held?.map((override) => heldOverride(override, definition)) ?? null,
    };
  }));
}

/** Null for a revision that this panel does not have, as after a restored backup. */
async function definitionOf({ clusters }: DirectorParts, clusterId: string, revision: number): Promise<ClusterDefinition | null> {
  try {
    return await clusters.definition(clusterId, revision);
  } catch (error) {
    if (error instanceof PanelError) return null;
    throw error;
  }
}

function heldOverride(override: Override, definition: ClusterDefinition | null): HeldOverride {
  const { serviceId, realServerId } = override.target;
  const service = definition?.services.find(({ id }) => id === serviceId);
  return { override, definedWeight: service?.realServers.find(({ id }) => id === realServerId)?.weight ?? null };
}
