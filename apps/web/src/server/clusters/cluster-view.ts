// Clusters and their revisions as people see them.
import type { ClusterDefinition } from '@weir/model';
import type { LinkState } from '../gateway/director-view.ts';

/** `leaving`: the newest definition names it no more, but it still holds the cluster. `unknown`: not heard since the panel's start. */
export type HoldState = 'current' | 'behind' | 'none' | 'leaving' | 'unknown';

export interface ClusterDirectorView {
  readonly directorId: string;
  readonly name: string;
  readonly link: LinkState;
  /** What the director last said it accepted. */
  readonly acceptedRevision: number | null;
  readonly state: HoldState;
}

export interface ClusterSummary {
  readonly id: string;
  readonly name: string;
  readonly head: { readonly number: number; readonly createdAt: Date; readonly author: string };
  readonly services: number;
  readonly realServers: number;
  readonly directors: readonly ClusterDirectorView[];
}

export interface ClusterView {
  readonly id: string;
  readonly name: string;
  readonly head: RevisionView & { readonly definition: ClusterDefinition };
  readonly directors: readonly ClusterDirectorView[];
}

export interface RevisionView {
  readonly number: number;
  readonly author: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly basedOn: number | null;
}
