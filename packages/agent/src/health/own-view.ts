// What is held, as seen by this director alone: a cluster from before a reset may know it by another id.
import type { Accepted } from '@weir/model';
import type { HeldCluster } from '../disk/data-folder.ts';

export const OWN_ID = 'self';

export function ownView(accepted: readonly HeldCluster[]): Accepted[] {
  return accepted.map(({ clusterId, revision, directorId, definition }) => ({
    clusterId, revision,
    definition: { ...definition, directors: definition.directors.filter((director) => director.directorId === directorId).map((director) => ({ ...director, directorId: OWN_ID })) },
  }));
}
