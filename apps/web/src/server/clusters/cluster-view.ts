// Clusters and their revisions as people see them.
import type { ClusterDefinition, Difference } from '@weir/model';
import type { LinkState } from '../gateway/director-view.ts';

/** `leaving`: the wanted definition names it no more, but it still holds the cluster. `unknown`: not heard since the panel's start. */
export type HoldState = 'current' | 'behind' | 'none' | 'leaving' | 'unknown';

export interface ClusterDirectorView {
  readonly directorId: string;
  readonly name: string;
  readonly link: LinkState;
  /** What the director last said it accepted. */
  readonly acceptedRevision: number | null;
  readonly state: HoldState;
}

/** `saved`: no rule asked for approval, so saving approved it. */
export type Approval =
  | { readonly state: 'saved' }
  | { readonly state: 'proposed' }
  | { readonly state: 'approved' | 'rejected'; readonly by: string; readonly at: Date; readonly note: string };

export interface ClusterSummary {
  readonly id: string;
  readonly name: string;
  readonly head: { readonly number: number; readonly createdAt: Date; readonly author: string; readonly approval: Approval };
  readonly wanted: number;
  /** Of the wanted revision, as are the directors. */
  readonly services: number;
  readonly realServers: number;
  readonly directors: readonly ClusterDirectorView[];
}

export interface RevisionView {
  readonly number: number;
  readonly author: string;
  readonly authorId: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly basedOn: number | null;
  readonly approval: Approval;
}

export interface DefinedRevision extends RevisionView {
  readonly definition: ClusterDefinition;
}

/** A director that had not confirmed that it gave the cluster up, and the revisions of it that it may forward. */
export interface LeftOn {
  readonly directorId: string;
  readonly director: string;
  readonly revisions: readonly number[];
}

/** `leftOn` nobody: every director had confirmed. Else the cluster is forgotten and may be forwarded there still. */
export interface Retirement {
  readonly at: Date;
  readonly by: string;
  readonly leftOn: readonly LeftOn[];
}

export interface ClusterView {
  readonly id: string;
  /** Of the wanted revision, as are the directors. */
  readonly name: string;
  readonly approvalRequired: boolean;
  /** The newest revision: where editing begins. */
  readonly head: DefinedRevision;
  /** Null where the head is wanted. */
  readonly wanted: DefinedRevision | null;
  readonly directors: readonly ClusterDirectorView[];
  /** Null while the cluster is in use. */
  readonly retired: Retirement | null;
}

/** What another cluster has that this revision would need. */
export interface Conflict {
  readonly key: string;
  readonly cluster: string;
  readonly director: string;
}

export interface RevisionDetail extends DefinedRevision {
  readonly headNumber: number;
  readonly wantedNumber: number;
  /** Of a proposal: why it could not be approved now. */
  readonly conflict: Conflict | null;
}

export interface RevisionDifferences {
  readonly total: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
}
