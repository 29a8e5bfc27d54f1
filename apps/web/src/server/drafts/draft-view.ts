// Drafts as people see them.
import type { DraftValues } from '@weir/model';

export interface DraftView {
  /** The revision that it changes; null for a cluster that is not there yet. */
  readonly base: number | null;
  readonly version: number;
  readonly values: DraftValues;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}

/** What everybody may know of a draft: that it is open. */
export interface OpenDraft {
  /** Null: of a cluster that is not there yet; only its own person is told of such a one. */
  readonly clusterId: string | null;
  readonly own: boolean;
  readonly name: string;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}

export interface DraftSaved {
  readonly version: number;
  readonly updatedAt: Date;
}
