// Why a real server stands as it does, by every director of its cluster side by side: what each says, or why it says nothing.
import type { EvidenceInput, HealthEvidence } from '@weir/protocol';
import type { ClusterDirectorView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import { PanelError } from '../errors.ts';
import type { ErrorCode, ErrorParams } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';

interface Who {
  readonly directorId: string;
  readonly name: string;
}

interface Said extends Who {
  readonly evidence: HealthEvidence;
  /** The panel's time. */
  readonly heardAtMs: number;
  readonly error: null;
}

interface Unsaid extends Who {
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams };
}

export type DirectorEvidence = Said | Unsaid;

export interface EvidenceParts {
  readonly gateway: Pick<Gateway, 'client'>;
  readonly clusters: Pick<Clusters, 'view'>;
}

async function ask({ gateway }: EvidenceParts, { directorId, name }: ClusterDirectorView, place: EvidenceInput): Promise<DirectorEvidence> {
  try {
    return { directorId, name, evidence: await gateway.client(directorId).evidence(place), heardAtMs: Date.now(), error: null };
  } catch (error) {
    if (error instanceof PanelError) return { directorId, name, error: { code: error.code, params: error.params } };
    throw error;
  }
}

export function findEvidence(parts: EvidenceParts, place: EvidenceInput): Promise<DirectorEvidence[]> {
  const directors = parts.clusters.view(place.clusterId).directors.filter(({ state }) => state !== 'none');
  return Promise.all(directors.map((director) => ask(parts, director, place)));
}
