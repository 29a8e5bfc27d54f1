// What an agent's answer to an order comes to in the database. Pure.
import type { AgentFaultCode, ApplyOutput, ApplyStatus } from '@weir/protocol';
import type { Confirmation, WentBack } from '@weir/protocol';
import type { ApplyConfirmation, ApplyOutcome } from '../../db/generated/enums.ts';
import { PanelError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import type { ShownError } from '../change-view.ts';

export interface Settlement {
  readonly outcome: ApplyOutcome;
  readonly report: ApplyOutput | null;
  readonly error: ShownError | null;
  /** The agent need not be asked again. */
  readonly over: boolean;
  /** Of an order that is to be confirmed. */
  readonly confirmation?: ShownConfirmation | null;
}

export interface ShownConfirmation {
  readonly confirmation: ApplyConfirmation;
  readonly wentBack: WentBack | null;
}

const waiting: ShownConfirmation = { confirmation: 'waiting', wentBack: null };

/** What an agent that was asked says of a change; null: it knows of none. */
export function shownConfirmation(confirmation: Confirmation | null): ShownConfirmation {
  switch (confirmation?.kind) {
    case undefined: return { confirmation: 'unknown', wentBack: null };
    case 'waiting': return waiting;
    case 'confirmed': return { confirmation: 'confirmed', wentBack: null };
    case 'wentBack': return { confirmation: confirmation.remainingCount === 0 ? 'wentBack' : 'partlyBack', wentBack: confirmation };
  }
}

/** Why directors that waited for a person were not sent, where nobody said anything. */
export const heldEnds: readonly ErrorCode[] = ['heldTooLong', 'heldInterrupted'];

/** Of an order that has to be confirmed: what a director has accepted while it stands; null: the cluster no more. */
export interface ToConfirm {
  readonly accepts: number | null;
}

/** What was rolled back or refused waits for nobody; but where the disk refused to go back, the director has the change and goes back in time. */
function standsOf(answer: ApplyOutput, { accepts }: ToConfirm): boolean {
  if (answer.kind !== 'report') return false;
  const { outcome: { kind }, accepted } = answer.report;
  return kind === 'rollbackFailed' ? accepted === accepts : kind !== 'rolledBack' && kind !== 'neverBegun';
}

export function settlementOf(answer: ApplyOutput, toConfirm: ToConfirm | null = null): Settlement {
  const outcome = answer.kind === 'report' ? answer.report.outcome.kind : 'refused';
  return { outcome, report: answer, error: null, over: true, confirmation: toConfirm !== null && standsOf(answer, toConfirm) ? waiting : null };
}

/** Null while it is still under way. How one that is to be confirmed ended is asked for by who follows those: it belongs into the audit log. */
export function settlementOfStatus(status: ApplyStatus): Settlement | null {
  switch (status.kind) {
    case 'running': return null;
    case 'report': return {
      ...settlementOf({ kind: 'report', report: status.report }), confirmation: status.confirmation === null ? null : waiting,
    };
    // Its data may be new, and it keeps a few reports only: the order may have been carried out.
    case 'unknown': return { outcome: 'unknown', report: null, error: { code: 'orderNotKnown', params: {} }, over: true };
  }
}

// Faults that an agent has before it changes anything.
const harmless: readonly AgentFaultCode[] = [
  'notEnrolled', 'wrongKey', 'versionMismatch', 'busy', 'badRequest', 'claimed', 'unconfirmed', 'definitionRefused', 'stillHolds',
];

/** Unknown wherever the order may have arrived. */
export function settlementOfFailure({ code, params }: PanelError): Settlement {
  const neverArrived = code === 'noSuchDirector' || code === 'directorKeyMismatch' || code === 'directorVersion' || code === 'agentTooOld'
    || (code === 'directorRefused' && harmless.some((fault) => fault === params['fault']));
  return { outcome: neverArrived ? 'notSent' : 'unknown', report: null, error: { code, params }, over: neverArrived };
}
