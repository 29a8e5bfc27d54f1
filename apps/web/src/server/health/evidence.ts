// Why a real server stands as it does, by every director of its cluster side by side: what each says, or why it says nothing.
import type { EvidenceInput, HealthEvidence } from '@weir/protocol';
import type { Clusters } from '../clusters/clusters.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { saidBy } from '../gateway/said.ts';
import type { Said, Unsaid } from '../gateway/said.ts';

export type DirectorEvidence = Said<{ readonly evidence: HealthEvidence }> | Unsaid;

export interface EvidenceParts {
  readonly gateway: Pick<Gateway, 'client'>;
  readonly clusters: Pick<Clusters, 'view'>;
}

export function findEvidence({ gateway, clusters }: EvidenceParts, place: EvidenceInput): Promise<DirectorEvidence[]> {
  const directors = clusters.view(place.clusterId).directors.filter(({ state }) => state !== 'none');
  return Promise.all(directors.map((director) => (
    saidBy(director, async () => ({ evidence: await gateway.client(director.directorId).evidence(place) })))));
}
