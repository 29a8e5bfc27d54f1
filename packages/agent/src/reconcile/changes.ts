// Changes that a person ordered: planned, checked against what was reviewed, carried out, reported.
import { digest, hasErrors } from '@weir/model';
import type { ApplyInput, ApplyOutput, ApplyReport, ApplyStatus, PlanInput, PlanOutput } from '@weir/protocol';
import type { ApplyMarker, HeldCluster, WaitingChange } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';
import { carryOut } from './carry-out.ts';
import { isHeld } from './confirm/confirming.ts';
import type { Confirming } from './confirm/confirming.ts';
import { foundIn } from './plan/adopted.ts';
import { planCluster } from './plan/cluster-plan.ts';
import type { ClusterPlan } from './plan/cluster-plan.ts';
import { inScope, scopeOf } from './plan/director-plan.ts';
import type { Reading } from './plan/director-plan.ts';
import type { Held } from './plan/effective-table.ts';
import { observe, read } from './ground.ts';
import type { Ground } from './ground.ts';
import { withCluster } from './holdings.ts';
import { dropOrphans } from './settle/orphans.ts';
import type { Settler } from './settle/settler.ts';

const LOCK_WAIT_MS = 5_000;

export function within<TResult>(deadlineMs: number, result: Promise<TResult>): Promise<TResult> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new RequestFault('forwarderFailed', {
      operation: 'apply', reason: `no answer within ${deadlineMs / 1_000} s; the change goes on`,
    })), deadlineMs);
    result.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

function refusal(input: ApplyInput, plan: PlanOutput): 'unsupported' | 'replacesOther' | 'planChanged' | null {
  if (hasErrors(plan.findings)) return 'unsupported';
  if (input.replaces !== plan.replaces) return 'replacesOther';
  return input.digest === plan.digest ? null : 'planChanged';
}

interface Prepared {
  readonly before: Held;
  readonly after: Held;
  readonly plan: ClusterPlan;
  readonly reading: Reading;
}

function heldIn({ accepted }: Held, clusterId: string): HeldCluster | null {
  return accepted.find((cluster) => cluster.clusterId === clusterId) ?? null;
}

/** What is accepted already is only restored, and what was forwarded instead is in no definition that could be gone back to. */
function refuseTimeToRestore({ clusterId, confirmWithinMs }: ApplyInput, { before, after, plan }: Prepared): void {
  if (confirmWithinMs === undefined || plan.operations.length === 0 || !isHeld(heldIn(before, clusterId), heldIn(after, clusterId))) return;
  throw new RequestFault('badRequest', { field: 'confirmWithinMs', reason: 'nothingToGoBackTo' });
}

function waitingChange({ applyId, clusterId, revision }: ApplyInput, { before, after, plan }: Prepared, withinMs: number, startedAtMs: number): WaitingChange {
  return { applyId, clusterId, revision, base: heldIn(before, clusterId), applied: heldIn(after, clusterId), found: foundIn(plan.operations), withinMs, deadlineMs: startedAtMs + withinMs, goingBack: null };
}

export class Changes {
  readonly #ground: Ground;
  readonly #settler: Settler;
  readonly #confirming: Confirming;
  readonly #running = new Map<string, Promise<ApplyOutput>>();
  /** Also while the disk does not take it. */
  #lastReport: ApplyReport | null = null;

  constructor(ground: Ground, settler: Settler, confirming: Confirming) {
    this.#ground = ground;
    this.#settler = settler;
    this.#confirming = confirming;
  }

  async plan(directorId: string, input: PlanInput): Promise<PlanOutput> {
    return (await this.#prepare(directorId, input)).plan.output;
  }

  /** The same id again gives the report of the first time, or waits for it. */
  apply(directorId: string, input: ApplyInput): Promise<ApplyOutput> {
    const running = this.#running.get(input.applyId);
    if (running !== undefined) return within(this.#ground.answerDeadlineMs, running);
    const begun = this.#ground.lock.run(LOCK_WAIT_MS, () => this.#apply(directorId, input))
      .finally(() => this.#running.delete(input.applyId));
    this.#running.set(input.applyId, begun);
    return within(this.#ground.answerDeadlineMs, begun);
  }

  async status(applyId: string): Promise<ApplyStatus> {
    // Asked before the report is looked for: between the two it may only appear.
    const running = this.#running.has(applyId) || await this.#ground.reports.underWay(applyId);
    const report = await this.#reportOf(applyId);
    if (report !== null) return { kind: 'report', report, confirmation: this.#ground.confirmations.find(applyId) };
    return running ? { kind: 'running' } : { kind: 'unknown' };
  }

  /** Whether the agent ended before it had accepted the change, and so before it did anything. */
  isNeverBegun({ clusterId, accepting }: ApplyMarker): boolean {
    return accepting !== null && (this.#ground.holdings.cluster(clusterId)?.acceptedAtMs ?? null) !== accepting.acceptedAtMs;
  }

  /** Reports an apply in whose middle the agent ended, when what it left has been settled. Runs under the change lock. */
  async finishInterrupted({ applyId, clusterId, revision, startedAtMs }: ApplyMarker, neverBegun: boolean): Promise<void> {
    const { holdings, watch, clock } = this.#ground;
    const others = scopeOf(holdings.held.accepted.filter((held) => held.clusterId !== clusterId), null);
    const remaining = (watch.last?.drift ?? []).filter((operation) => !inScope(operation, others));
    await this.#keep({
      applyId, clusterId, revision, startedAtMs, steps: [], finishedAtMs: clock.nowMs(), accepted: holdings.cluster(clusterId)?.revision ?? null,
      outcome: neverBegun ? { kind: 'neverBegun' } : { kind: 'finishedAtRestart', remaining },
    });
  }

  async #reportOf(applyId: string): Promise<ApplyReport | null> {
    return this.#lastReport?.applyId === applyId ? this.#lastReport : this.#ground.reports.find(applyId);
  }

  async #prepare(directorId: string, { clusterId, revision, definition }: PlanInput): Promise<Prepared> {
    const { holdings, forwarder, confirmations } = this.#ground;
    const reading = await read(this.#ground, definition);
    const before = holdings.held;
    const cluster: HeldCluster | null = definition === null
      ? null : { clusterId, revision, directorId, definition, digest: digest(definition), acceptedAtMs: reading.readAtMs };
    const after = holdings.with(withCluster(before.accepted, clusterId, cluster), reading.readAtMs);
    const plan = planCluster({ clusterId, revision, definition }, { before, after, reading, can: forwarder.capabilities, asks: await this.#ground.abilities(), bases: confirmations.bases });
    return { before, after, plan, reading };
  }

  async #apply(directorId: string, input: ApplyInput): Promise<ApplyOutput> {
    const known = await this.#reportOf(input.applyId);
    if (known !== null) return { kind: 'report', report: known };
    this.#refuseUnconfirmed(input.clusterId);
    const prepared = await this.#prepare(directorId, input);
    const why = refusal(input, prepared.plan.output);
    if (why !== null) return { kind: 'refused', why, plan: prepared.plan.output };
    refuseTimeToRestore(input, prepared);
    return { kind: 'report', report: await this.#carryOut(input, prepared) };
  }

  #refuseUnconfirmed(clusterId: string): void {
    const waiting = this.#ground.confirmations.ofCluster(clusterId);
    if (waiting !== null) throw new RequestFault('unconfirmed', { clusterId, revision: waiting.revision });
  }

  async #accept(input: ApplyInput, prepared: Prepared, startedAtMs: number): Promise<void> {
    const { holdings, reports } = this.#ground;
    const { applyId, clusterId, revision, confirmWithinMs } = input;
    const next = prepared.after.accepted.find((cluster) => cluster.clusterId === clusterId);
    await reports.begin({ format: 1, applyId, clusterId, revision, startedAtMs, accepting: { acceptedAtMs: next?.acceptedAtMs ?? null } });
    try {
      if (confirmWithinMs !== undefined) await this.#confirming.begin(waitingChange(input, prepared, confirmWithinMs, startedAtMs));
      await holdings.setAccepted(prepared.after.accepted);
    } catch (error) {
      await this.#confirming.drop(applyId);
      await reports.abandon().catch(() => undefined);
      throw error;
    }
  }

  async #carryOut(input: ApplyInput, prepared: Prepared): Promise<ApplyReport> {
    const { holdings, clock, log, confirmations } = this.#ground;
    const { applyId, clusterId, revision, onFailure } = input;
    const { plan: { scope, operations, output }, before, after, reading: { actual } } = prepared;
    const startedAtMs = clock.nowMs();
    await this.#accept(input, prepared, startedAtMs);
    log.info({ applyId, clusterId, revision, operations: operations.length }, 'a change begins');
    const { steps, outcome, reading } = await carryOut(
      { before, after, scope, operations, actual, plannedAtMs: output.readAtMs, onFailure }, this.#ground);
    const report: ApplyReport = {
      applyId, clusterId, revision, steps, outcome, startedAtMs, finishedAtMs: clock.nowMs(),
      accepted: holdings.cluster(clusterId)?.revision ?? null,
    };
    await this.#keep(report);
    log.info({ applyId, clusterId, revision, outcome: outcome.kind }, 'a change ended');
    // Until a change is confirmed its base may be back, and with it what its overrides act on.
    if (holdings.held.accepted !== after.accepted) await this.#confirming.drop(applyId);
    if (confirmations.ofCluster(clusterId) === null) await dropOrphans(clusterId, this.#ground);
    this.#settler.forget(scope);
    observe(this.#ground, reading);
    await this.#settler.settle();
    this.#ground.changed();
    return report;
  }

  async #keep(report: ApplyReport): Promise<void> {
    this.#lastReport = report;
    try {
      await this.#ground.reports.finish(report);
    } catch (error) {
      this.#ground.log.error({ err: error, applyId: report.applyId }, 'the report of a change could not be kept');
    }
  }
}
