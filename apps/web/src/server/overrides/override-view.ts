// Overrides as people see them: what each director holds, and what each answered to an order.
import type { Override, OverrideCause } from '@weir/model';
import type { ErrorCode, ErrorParams } from '../errors.ts';
import type { LinkState } from '../gateway/director-view.ts';

/** What a person can set and end; the other causes are the agent's own. */
export type CauseByHand = Extract<OverrideCause, 'manual' | 'drain' | 'maintenance'>;

export interface HeldOverride {
  readonly override: Override;
  /** In the revision that the director has accepted; null where that is not known. */
  readonly definedWeight: number | null;
}

/** One director that has accepted the cluster, or may have. */
export interface DirectorOverrides {
  readonly directorId: string;
  readonly name: string;
  readonly link: LinkState;
  /** When the director last said anything: while it is silent, the age of what stands here. Null: not since the panel's start. */
  readonly heardAtMs: number | null;
  readonly revision: number | null;
  /** Null: not heard since the panel's start. */
  readonly overrides: readonly HeldOverride[] | null;
}

export interface OverrideAnswer {
  readonly directorId: string;
  readonly name: string;
  /** How many overrides were for this director; null where it did not say what it holds. */
  readonly ordered: number | null;
  /** How many of them it acknowledged: they are on its disk. */
  readonly acknowledged: number;
  /** Why it did not acknowledge all. After silence it is not known whether it has the next one. */
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } | null;
  /** How many operations still separate what it forwards from what it should; null: not heard. */
  readonly drift: number | null;
}

export interface OverrideOutcome {
  readonly overrideIds: readonly string[];
  readonly directors: readonly OverrideAnswer[];
}
