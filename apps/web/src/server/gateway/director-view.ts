// A director as people see it: who it is, how the panel's link to it stands, and what it last said of itself.
import type { Capabilities } from '@weir/model';
import type { AcceptedRevision, HealthAbilities } from '@weir/protocol';
import type { ErrorCode, ErrorParams } from '../errors.ts';

/**
 * `refused`: the agent answers but does not obey this panel (enrolment was reset, say).
 * Everything but `connected` and `connecting` has an error.
 */
export type LinkState = 'connecting' | 'connected' | 'silent' | 'wrongKey' | 'versionMismatch' | 'refused';

export interface LinkView {
  readonly state: LinkState;
  readonly since: number;
  /** Null: not since the panel's start. */
  readonly lastSeenAt: number | null;
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } | null;
}

export interface DirectorHello {
  readonly hostname: string;
  /** Of the protocol that its agent speaks. */
  readonly version: number;
  readonly agentVersion: string;
  readonly capabilities: Capabilities;
  /** What it can ask real servers with; null: its agent asks nothing of them. */
  readonly health: HealthAbilities | null;
  readonly startedAtMs: number;
}

export interface DirectorView {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly keyHash: string;
  readonly enrolledAt: Date;
  readonly link: LinkView;
  /** The last one, also of a director that is silent now; null until there was one since the panel's start. */
  readonly hello: DirectorHello | null;
  /** Null: not heard since the panel's start. */
  readonly accepted: readonly AcceptedRevision[] | null;
  /** How many operations separate actual from effective; null: not heard. */
  readonly drift: number | null;
  readonly driftSinceMs: number | null;
}
