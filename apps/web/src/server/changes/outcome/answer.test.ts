// What an agent's answer comes to: nothing is called undone that may have been done.
import type { ApplyOutcome } from '@weir/model';
import { AgentFaultCode } from '@weir/protocol';
import { describe, expect, it } from 'vitest';
import { PanelError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import { settlementOf, settlementOfFailure, settlementOfStatus, shownConfirmation } from './answer.ts';

const reportOf = (outcome: ApplyOutcome) => (
  { applyId: 'a', clusterId: 'c', revision: 1, steps: [], outcome, accepted: 1, startedAtMs: 1, finishedAtMs: 2 });

describe('an answer', () => {
  it.each<ApplyOutcome>([
    { kind: 'applied' }, { kind: 'partlyApplied', remaining: [] }, { kind: 'rolledBack', undone: [] },
    { kind: 'rollbackFailed', undone: [], remaining: [] }, { kind: 'finishedAtRestart', remaining: [] }, { kind: 'neverBegun' },
  ])('of %j is what the agent reported', (outcome) => {
    const answer = { kind: 'report' as const, report: reportOf(outcome) };
    const settled = { outcome: outcome.kind, report: answer, error: null, over: true, confirmation: null };
    expect([settlementOf(answer), settlementOfStatus({ ...answer, confirmation: null })]).toEqual([settled, settled]);
  });

  it.each([['applied', 'waiting'], ['rolledBack', undefined]] as const)('of what is to be confirmed and %s: %s', (kind, confirmation) => {
    const outcome = kind === 'applied' ? { kind } : { kind, undone: [] };
    expect(settlementOf({ kind: 'report', report: reportOf(outcome) }, { accepts: 1 }).confirmation?.confirmation).toBe(confirmation);
  });

  it('of one that was never begun waits for nobody', () => {
    expect(settlementOf({ kind: 'report', report: reportOf({ kind: 'neverBegun' }) }, { accepts: 1 }).confirmation).toBeNull();
  });

  it.each([[1, 'waiting'], [null, undefined]] as const)('of one whose rollback failed waits where the director still has it: it was to accept %s and has 1', (accepts, confirmation) => {
    const report = reportOf({ kind: 'rollbackFailed', undone: [], remaining: [] });
    expect(settlementOf({ kind: 'report', report }, { accepts }).confirmation?.confirmation).toBe(confirmation);
  });

  it('on what became of a change that was to be confirmed is as the director says', () => {
    const back = { kind: 'wentBack' as const, why: 'ordered' as const, base: 1, steps: [], stepCount: 0, remaining: [], remainingCount: 0, startedAtMs: 1, finishedAtMs: 2 };
    expect([null, { kind: 'confirmed' as const, atMs: 1 }, back, { ...back, remainingCount: 1 }].map((said) => shownConfirmation(said).confirmation))
      .toEqual(['unknown', 'confirmed', 'wentBack', 'partlyBack']);
  });

  it('that it is still running settles nothing; that it knows no such order says nothing of what was done', () => {
    expect(settlementOfStatus({ kind: 'running' })).toBeNull();
    expect(settlementOfStatus({ kind: 'unknown' })).toEqual({ outcome: 'unknown', report: null, error: { code: 'orderNotKnown', params: {} }, over: true });
  });
});

describe('a failure', () => {
  it.each<ErrorCode>(['directorSilent', 'directorAnswer', 'unexpected'])('%s leaves it unknown', (code) => {
    expect(settlementOfFailure(new PanelError(code))).toMatchObject({ outcome: 'unknown', over: false });
  });

  it.each<ErrorCode>(['directorKeyMismatch', 'directorVersion', 'noSuchDirector', 'agentTooOld'])('%s means that it never arrived', (code) => {
    expect(settlementOfFailure(new PanelError(code, { director: 'd' }))).toEqual({ outcome: 'notSent', report: null, error: { code, params: { director: 'd' } }, over: true });
  });

  it('of the forwarder, or one that nobody foresaw, may have changed something', () => {
    const unknown = AgentFaultCode.options.filter((fault) => settlementOfFailure(new PanelError('directorRefused', { fault })).outcome === 'unknown');
    expect(unknown).toEqual(['alreadyEnrolled', 'enrolmentClosed', 'wrongSecret', 'forwarderFailed', 'unexpected']);
  });
});
