// What each director concerned says of itself right before an order is given to it.
import type { ClusterDefinition } from '@weir/model';
import type { Clusters } from '../clusters/clusters.ts';
import type { ClusterDirectorView } from '../clusters/cluster-view.ts';
import { PanelError } from '../errors.ts';
import type { StateAnswer } from '../gateway/agent/agent-client.ts';
import type { Gateway } from '../gateway/gateway.ts';

export interface DirectorParts {
  readonly gateway: Gateway;
  readonly clusters: Clusters;
}

interface Who {
  readonly directorId: string;
  readonly name: string;
}

export interface Heard extends Who {
  readonly state: StateAnswer;
  /** As it has accepted the cluster. */
  readonly definition: ClusterDefinition;
  readonly error: null;
}

export interface Unheard extends Who {
  readonly error: PanelError;
}

/** Those that have accepted the cluster, and those of which the panel does not know. */
export function concerned({ clusters }: Pick<DirectorParts, 'clusters'>, clusterId: string): ClusterDirectorView[] {
  return clusters.view(clusterId).directors.filter(({ state }) => state !== 'none');
}

export async function readDirectors(parts: DirectorParts, clusterId: string, directors: readonly Who[]): Promise<(Heard | Unheard)[]> {
  const readings = await Promise.all(directors.map((director) => read(parts, clusterId, director)));
  return readings.filter((reading) => reading !== null);
}

/** Null: it has not accepted the cluster. */
async function read({ gateway, clusters }: DirectorParts, clusterId: string, { directorId, name }: Who): Promise<Heard | Unheard | null> {
  try {
    const state = await gateway.client(directorId).state();
    gateway.learn(directorId, state);
    const revision = state.accepted.find((held) => held.clusterId === clusterId)?.revision;
    if (revision === undefined) return null;
    return { directorId, name, state, definition: await clusters.definition(clusterId, revision), error: null };
  } catch (error) {
    if (error instanceof PanelError) return { directorId, name, error };
    throw error;
  }
}
