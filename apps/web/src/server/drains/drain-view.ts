// Drains as people see them: what was ordered, and how far each director is.
import type { AtDeadline, DrainEffects, DrainState, LeftWithNone } from '@weir/model';
import type { ErrorCode, ErrorParams } from '../errors.ts';
import type { LinkState } from '../gateway/director-view.ts';

/** Null: not counted there. */
export interface DrainCounts {
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
  readonly persistent: number | null;
}

/** `gone`: it is not in the forwarder. Null: not measured since the panel's start or though its director is heard, or not by a definition that the panel has. */
export type DrainCounted = DrainCounts | 'gone' | null;

/** One director that has accepted the cluster, or may have. */
export interface DirectorDrain {
  readonly directorId: string;
  readonly name: string;
  readonly link: LinkState;
  /** While it is silent, the age of what stands here. Null: not since the panel's start. */
  readonly heardAtMs: number | null;
  /** `lacks`: it says that it holds no such drain. Null: it has not said. */
  readonly state: Omit<DrainState, 'drain'> | 'lacks' | null;
  /** Past its deadline, and waiting on. */
  readonly late: boolean;
  /** One for each target. */
  readonly counts: readonly DrainCounted[];
  readonly measuredAtMs: number | null;
}

export interface DrainTargetView {
  readonly serviceId: string;
  readonly realServerId: string;
  readonly service: string;
  readonly realServer: string;
}

export interface DrainView {
  readonly id: string;
  readonly clusterId: string;
  readonly targets: readonly DrainTargetView[];
  /** The host that is drained in all its services of the cluster; null: one real server of one service. */
  readonly host: string | null;
  readonly author: string;
  readonly reason: string;
  readonly startedAtMs: number;
  readonly deadlineMs: number | null;
  readonly atDeadline: AtDeadline;
  readonly directors: readonly DirectorDrain[];
  /** Services of the cluster in which the host is not drained: others than the one that was chosen or, of a host, those of a later revision. */
  readonly elsewhere: readonly string[];
  /** Whether every director says so now. */
  readonly safe: boolean;
  /** When it was first so; in the audit log since then. */
  readonly safeAtMs: number | null;
}

/** What one director answered to an order; no error: it is on its disk. */
export interface DrainAnswer {
  readonly directorId: string;
  readonly name: string;
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } | null;
}

export interface DrainOutcome {
  readonly drainId: string;
  readonly directors: readonly DrainAnswer[];
}

export interface PreviewTarget extends DrainTargetView {
  readonly weight: number;
  /** Whether clients are remembered there. */
  readonly persistenceSeconds: number | null;
  readonly counted: DrainCounted;
}

/** What would happen on one director. */
export interface DrainPreview {
  readonly directorId: string;
  readonly name: string;
  readonly targets: readonly PreviewTarget[];
  readonly effects: DrainEffects | null;
  /** Services in which nothing takes new connections there any more; null: not known. */
  readonly leftWithNone: readonly LeftWithNone[] | null;
  /** Why it would not take the drain, or does not say what would happen. */
  readonly error: DrainAnswer['error'];
}

export interface DrainPreviews {
  readonly directors: readonly DrainPreview[];
  /** Other clusters on these directors that have the host too: they are not drained. */
  readonly alsoIn: readonly string[];
}
