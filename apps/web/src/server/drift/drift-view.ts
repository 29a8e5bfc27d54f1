// Where directors forward otherwise than they should, as people see it.
import type { PlanOperation } from '@weir/model';

/** A person's word that a difference is known, and need not be counted until then. */
export interface Ignored {
  readonly id: string;
  /** In whose name. */
  readonly clusterId: string;
  readonly by: string;
  readonly reason: string;
  readonly since: Date;
  readonly endsAt: Date;
}

export interface DriftRow {
  /** Of the operation: a difference that becomes another one has another key. */
  readonly key: string;
  /** That would end the difference. */
  readonly operation: PlanOperation;
  /** Null: of no cluster that this director accepted. */
  readonly clusterId: string | null;
  readonly ignored: Ignored | null;
}

export interface DirectorDrift {
  readonly directorId: string;
  readonly name: string;
  /** False: it is silent, and this is what it last said. */
  readonly answers: boolean;
  /** Null: not heard since the panel's start. */
  readonly heard: {
    readonly rows: readonly DriftRow[];
    /** Operations in all, of which `rows` has the first. */
    readonly count: number;
    /** The director told its first differences only, and more of the others may be this cluster's. */
    readonly atLeast: boolean;
    readonly sinceMs: number | null;
  } | null;
}
