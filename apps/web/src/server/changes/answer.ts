// What an agent's answer to an order comes to in the database. Pure.
import type { AgentFaultCode, ApplyOutput, ApplyStatus } from '@weir/protocol';
import type { ApplyOutcome } from '../db/generated/enums.ts';
import { PanelError } from '../errors.ts';
import type { ShownError } from './change-view.ts';

export interface Settlement {
  readonly outcome: ApplyOutcome;
  readonly report: ApplyOutput | null;
  readonly error: ShownError | null;
  /** The agent need not be asked again. */
  readonly over: boolean;
}

export function settlementOf(answer: ApplyOutput): Settlement {
  return { outcome: answer.kind === 'report' ? answer.report.outcome.kind : 'refused', report: answer, error: null, over: true };
}

/** Null while it is still under way. */
export function settlementOfStatus(status: ApplyStatus): Settlement | null {
  switch (status.kind) {
    case 'running': return null;
    case 'report': return settlementOf(status);
    // Its data may be new, and it keeps a few reports only: the order may have been carried out.
    case 'unknown': return { outcome: 'unknown', report: null, error: { code: 'orderNotKnown', params: {} }, over: true };
  }
}

// Faults that an agent has before it changes anything.
const harmless: readonly AgentFaultCode[] = [
  'notEnrolled', 'wrongKey', 'versionMismatch', 'busy', 'badRequest', 'claimed', 'definitionRefused', 'stillHolds',
];

/** Unknown wherever the order may have arrived. */
export function settlementOfFailure({ code, params }: PanelError): Settlement {
  const neverArrived = code === 'noSuchDirector' || code === 'directorKeyMismatch' || code === 'directorVersion'
    || (code === 'directorRefused' && harmless.some((fault) => fault === params['fault']));
  return { outcome: neverArrived ? 'notSent' : 'unknown', report: null, error: { code, params }, over: neverArrived };
}
