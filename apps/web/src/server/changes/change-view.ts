// Plans and applies as people see them.
import type { ApplyReport, PlanOutput, WentBack } from '@weir/protocol';
import type { OnFailure } from '@weir/model';
import type { z } from 'zod';
import type { ErrorCode, ErrorParams } from '../errors.ts';
import type { ApplyAnswer, ApplyConfirmation } from '../db/generated/enums.ts';
import type { PlannedHealth } from './planning/planned-health.ts';
import type { VipMove } from './planning/vip-moves.ts';

export type Plan = z.infer<typeof PlanOutput>;
export type Report = z.infer<typeof ApplyReport>;

export interface ShownError {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** Each director answers for itself; `leaving`: the revision does not name it, the plan takes the cluster off it. */
export type DirectorPlan =
  & { readonly directorId: string; readonly name: string; readonly leaving: boolean }
  & ({ readonly plan: Plan; readonly error: null } | { readonly plan: null; readonly error: ShownError });

export interface ChangePlan {
  readonly clusterId: string;
  readonly revision: number;
  /** In the order in which they take their turn: who gives a VIP up comes before who takes it. */
  readonly directors: readonly DirectorPlan[];
  readonly moves: readonly VipMove[];
}

/** Of the bytes that come in to a director per second, those to what the plan drains, stalls or cuts. */
export interface DirectorTraffic {
  readonly directorId: string;
  readonly touched: number;
  readonly all: number;
}

export interface ReviewedPlan extends ChangePlan {
  /** Of each director that tells it. */
  readonly traffic: readonly DirectorTraffic[];
  readonly health: PlannedHealth;
}

/**
 * `refused`: nothing was done, the new plan is in `refused`. `notSent`: the order never went out, `error` says why.
 * `unknown`: the agent was lost in mid-apply; `askedAgain` once it is back, unless it has said that it does not know either.
 */
export type ApplyDirectorState = 'waiting' | 'running' | 'done' | 'refused' | 'notSent' | 'unknown';

export interface ApplyDirectorView {
  /** Null once the director is forgotten. */
  readonly directorId: string | null;
  readonly name: string;
  readonly state: ApplyDirectorState;
  readonly askedAgain: boolean;
  readonly planned: Plan['operations'];
  readonly report: Report | null;
  readonly refused: { readonly why: 'planChanged' | 'replacesOther' | 'unsupported'; readonly plan: Plan } | null;
  readonly error: ShownError | null;
  /** As the director says, and `waiting` from when it was sent; null where it has nothing that is to be confirmed. */
  readonly confirmation: ApplyConfirmation | null;
  readonly wentBack: WentBack | null;
}

/** Directors go back by themselves unless this is confirmed in time. */
export interface ConfirmView {
  readonly withinMs: number;
  /** As of now by the panel's clock, at least 0; null while nothing was sent. */
  readonly leftMs: number | null;
  readonly answer: { readonly kind: ApplyAnswer; readonly by: string; readonly at: Date } | null;
}

export interface ApplyView {
  readonly id: string;
  readonly clusterId: string;
  readonly revision: number;
  readonly author: string;
  readonly onFailure: OnFailure;
  readonly startedAt: Date;
  /** Null while directors wait or run; one that is unknown may still be settled later. */
  readonly finishedAt: Date | null;
  /** The other directors wait for a person, so long still; null: they do not. */
  readonly held: { readonly leftMs: number } | null;
  readonly confirm: ConfirmView | null;
  readonly directors: readonly ApplyDirectorView[];
}

/** A change that waits for a person's word, in short: for pages that are about something else. */
export interface WaitingChange {
  readonly applyId: string;
  readonly clusterId: string;
  /** Its name. */
  readonly cluster: string;
  readonly revision: number;
  /** Its first director is done, and the others wait. */
  readonly isHeld: boolean;
  /** Null: its time has not begun. */
  readonly leftMs: number | null;
}

/** What waits to be confirmed goes back unless it is, whether or not others wait for their turn, too. */
export function waitingChange({ id, clusterId, revision, held, confirm }: ApplySummary, cluster: string): WaitingChange {
  return { applyId: id, clusterId, cluster, revision, isHeld: held !== null && confirm === null, leftMs: (confirm ?? held)?.leftMs ?? null };
}

/** `outcome` is the report's, where the state is `done`. */
export interface ApplySummary extends Omit<ApplyView, 'directors'> {
  /** Names of those that waited for a person and were not sent, because nobody said anything. */
  readonly leftOver: readonly string[];
  readonly directors: readonly {
    readonly directorId: string | null;
    readonly name: string;
    readonly state: ApplyDirectorState;
    readonly outcome: Report['outcome']['kind'] | null;
    readonly confirmation: ApplyConfirmation | null;
  }[];
}
