// Keeps what is forwarded and what should be forwarded together: on order, on time, and otherwise by saying where they differ.
import { foreignRules } from '@weir/model';
import type { Override } from '@weir/model';
import { DRIFT_SHOWN_MAX } from '@weir/protocol';
import type { ApplyInput, ApplyOutput, ApplyStatus, ActualReading, Confirmation, DirectorState, Inspection, PlanInput, PlanOutput } from '@weir/protocol';
import { ForwarderError } from '@weir/forwarder';
import type { Cancel } from '../clock.ts';
import type { ApplyMarker } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';
import type { BringAbout } from '../health/bringing.ts';
import { Changes, within } from './changes.ts';
import { Confirming } from './confirm/confirming.ts';
import { planDirector } from './plan/director-plan.ts';
import { observe, pause, read, StoppedError } from './ground.ts';
import type { Ground } from './ground.ts';
import { hasEnded, targetOf } from './settle/override-target.ts';
import { Settler } from './settle/settler.ts';

const CHECK_INTERVAL_MS = 3_000;
const LONGEST_INTERVAL_MS = 60_000;
/** A check of a large table may use a twentieth of one core. */
const CHECK_REST = 20;
const START_RETRY_MS = 1_000;
const LOCK_WAIT_MS = 5_000;
const STOP_WAIT_MS = 1_500;
const HEALTH_WAIT_MS = 600_000;

export class Reconciler {
  readonly #ground: Ground;
  readonly #settler: Settler;
  readonly #changes: Changes;
  readonly #confirming: Confirming;
  #started: Promise<void> = Promise.resolve();
  #checking: Promise<void> | null = null;
  #cancelCheck: Cancel = () => undefined;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#settler = new Settler(ground);
    this.#confirming = new Confirming(ground, this.#settler);
    this.#changes = new Changes(ground, this.#settler, this.#confirming);
  }

  /**
   * Brings the forwarder to what is held, and finishes a change that was cut off. Resolves when the forwarder has answered, however long
   * that takes, or the agent stops.
   */
  start(interrupted: ApplyMarker | null): Promise<void> {
    const { lock, log, stopping } = this.#ground;
    this.#started = lock.run(LOCK_WAIT_MS, () => this.#begin(interrupted))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) log.error({ err: error }, 'starting to forward failed');
      })
      .finally(() => { if (!stopping.aborted) this.#armCheck(0); });
    return this.#started;
  }

  async #begin(interrupted: ApplyMarker | null): Promise<void> {
    const { life, settled } = this.#ground;
    // Going back accepts another revision, which says nothing any more of how far the change came.
    const neverBegun = interrupted !== null && this.#changes.isNeverBegun(interrupted);
    await this.#confirming.resume();
    if (life !== null && (await settled.read())?.life === life) this.#settler.resume(neverBegun ? null : interrupted);
    while (!await this.#settler.settle()) await pause(START_RETRY_MS, this.#ground.stopping);
    if (life !== null) await settled.write({ format: 1, life });
    if (interrupted !== null) await this.#changes.finishInterrupted(interrupted, neverBegun);
  }

  /** Begins nothing more, and gives a change that is under way a moment to end. One that takes longer is finished at the next start. */
  async stop(): Promise<void> {
    this.#cancelCheck();
    this.#settler.stop();
    this.#confirming.stop();
    await this.#ground.lock.run(STOP_WAIT_MS, () => Promise.resolve()).catch(() => undefined);
  }

  /** As last read; null until the forwarder has answered once. */
  get known(): DirectorState | null {
    const { holdings, watch, confirmations, drains } = this.#ground;
    if (watch.last === null) return null;
    const { drift, driftSinceMs, host, readAtMs } = watch.last;
    return {
      accepted: holdings.revisions, overrides: [...holdings.held.overrides], drift: drift.slice(0, DRIFT_SHOWN_MAX), driftCount: drift.length, driftSinceMs, host, readAtMs,
      unconfirmed: confirmations.shown, drains: drains.shown,
    };
  }

  /** As of now; where the forwarder does not answer, as last read, with the time of that. */
  async state(): Promise<DirectorState> {
    const failure = await this.#check().then(() => null, (error: unknown) => error);
    const { known } = this;
    if (known !== null) return known;
    throw failure ?? new ForwarderError('read', 'no answer since the agent started');
  }

  async actual(): Promise<ActualReading> {
    const { actual, readAtMs } = await read(this.#ground);
    return { actual, readAtMs };
  }

  /** Changes nothing, so that it waits for no change either. */
  async inspect(): Promise<Inspection> {
    const { actual, readAtMs } = await read(this.#ground);
    return { foreign: foreignRules(actual), kernel: await this.#ground.forwarder.kernel(), readAtMs };
  }

  plan(directorId: string, input: PlanInput): Promise<PlanOutput> {
    return this.#changes.plan(directorId, input);
  }

  apply(directorId: string, input: ApplyInput): Promise<ApplyOutput> {
    return this.#changes.apply(directorId, input);
  }

  applyStatus(applyId: string): Promise<ApplyStatus> {
    return this.#changes.status(applyId);
  }

  confirm(applyId: string): Promise<Confirmation | null> {
    return this.#confirming.confirm(applyId);
  }

  goBack(applyId: string): Promise<Confirmation | null> {
    return within(this.#ground.answerDeadlineMs, this.#confirming.goBackNow(applyId));
  }

  /** Holds the override, in place of one with the same id, and brings about what it changes. */
  setOverride(override: Override): Promise<DirectorState> {
    return this.#turnOverrides((overrides) => {
      const { clock, holdings } = this.#ground;
      if (hasEnded(override, clock.nowMs())) throw new RequestFault('badRequest', { field: 'override.endsAtMs', reason: 'past' });
      if (override.endsAtMs !== null && override.endsAtMs <= override.startsAtMs) {
        throw new RequestFault('badRequest', { field: 'override.endsAtMs', reason: 'beforeStart' });
      }
      if (targetOf(override, holdings.held.accepted) === null) {
        throw new RequestFault('badRequest', { field: 'override.target', reason: 'notFound' });
      }
      const replaced = overrides.filter(({ id }) => id === override.id);
      return { left: [...overrides.filter(({ id }) => id !== override.id), override], touched: [...replaced, override] };
    });
  }

  /** Ending what has ended already changes nothing. */
  endOverride(overrideId: string): Promise<DirectorState> {
    return this.#turnOverrides((overrides) => ({
      left: overrides.filter(({ id }) => id !== overrideId), touched: overrides.filter(({ id }) => id === overrideId),
    }));
  }

  /** Ends some and holds others, in place of those with the same ids, and brings about what they change in one turn. */
  exchangeOverrides(ended: readonly string[], held: readonly Override[]): Promise<DirectorState> {
    return this.#turnOverrides((overrides) => {
      if (held.some((override) => targetOf(override, this.#ground.holdings.held.accepted) === null)) {
        throw new RequestFault('badRequest', { field: 'override.target', reason: 'notFound' });
      }
      const gone = new Set([...ended, ...held.map(({ id }) => id)]);
      return { left: [...overrides.filter(({ id }) => !gone.has(id)), ...held], touched: [...overrides.filter(({ id }) => gone.has(id)), ...held] };
    });
  }

  /** What health asks for, when no change is under way any more: it waits for as long as one takes. */
  bringAbout: BringAbout = (begin) => this.#ground.lock.run(HEALTH_WAIT_MS, async () => {
    const { overrides, touched } = await begin();
    this.#ground.holdings.setHealth(overrides);
    for (const one of touched) this.#settler.touch(one);
    await this.#settler.settle();
  });

  /** Runs the task while no change is under way, and only where nothing that a panel made is held or forwarded. */
  whileBare(task: () => Promise<void>): Promise<void> {
    const { lock, holdings, confirmations } = this.#ground;
    return lock.run(LOCK_WAIT_MS, async () => {
      const reading = await read(this.#ground);
      const { held } = holdings;
      const operations = planDirector(held, reading, reading.readAtMs).length;
      const clusters = new Set([...held.accepted, ...confirmations.waiting].map(({ clusterId }) => clusterId)).size;
      if (clusters > 0 || operations > 0) throw new RequestFault('stillHolds', { clusters, operations });
      await task();
    });
  }

  async #turnOverrides(
    turn: (overrides: readonly Override[]) => { readonly left: readonly Override[]; readonly touched: readonly Override[] },
  ): Promise<DirectorState> {
    const { lock, holdings, changed } = this.#ground;
    await lock.run(LOCK_WAIT_MS, async () => {
      const { left, touched } = turn(holdings.held.overrides);
      if (touched.length === 0) return;
      await holdings.setOverrides(left);
      for (const override of touched) this.#settler.touch(override);
      await this.#settler.settle();
      changed();
    });
    return this.state();
  }

  /** Several who ask at once get one reading. While a change is under way the last one stands: a half-done change is not drift. */
  async #check(): Promise<void> {
    if (this.#ground.watch.last === null) await Promise.race([this.#started, pause(LOCK_WAIT_MS, this.#ground.stopping)]);
    if (this.#ground.lock.held) return;
    this.#checking ??= this.#readAndObserve().finally(() => { this.#checking = null; });
    await this.#checking;
  }

  async #readAndObserve(): Promise<void> {
    const { lock } = this.#ground;
    const { begun } = lock;
    const reading = await read(this.#ground);
    if (!lock.held && lock.begun === begun) observe(this.#ground, reading);
  }

  #armCheck(tookMs: number): void {
    const { clock, log, stopping } = this.#ground;
    const intervalMs = Math.min(Math.max(CHECK_INTERVAL_MS, tookMs * CHECK_REST), LONGEST_INTERVAL_MS);
    this.#cancelCheck = clock.after(intervalMs, () => {
      const began = performance.now();
      this.#check()
        .catch((error: unknown) => { if (!stopping.aborted) log.error({ err: error }, 'the forwarder was not read'); })
        .finally(() => { if (!stopping.aborted) this.#armCheck(performance.now() - began); });
    });
  }
}
