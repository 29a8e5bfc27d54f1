// Confirm or revert: what is not confirmed in time the agent takes back by itself, also after its own restart and without a panel.
// While the process lives its deadline is so much time, whatever becomes of the host's clock; after a restart it is that clock's, and never
// later than the time that was given.
import type { Step } from '@weir/model';
import type { Confirmation } from '@weir/protocol';
import type { Cancel } from '../../clock.ts';
import type { HeldCluster, WaitingChange } from '../../disk/data-folder.ts';
import { RequestFault } from '../../fault.ts';
import { StoppedError } from '../ground.ts';
import type { Ground } from '../ground.ts';
import { dropOrphans } from '../settle/orphans.ts';
import type { Settler } from '../settle/settler.ts';
import { allSteps, tryGoingBack, wentBack } from './go-back.ts';
import type { Why } from './go-back.ts';

const LOCK_WAIT_MS = 5_000;
const OWN_WAIT_MS = 600_000;
/** A VIP that its other holder has not given up yet is refused at first: all go back at about the same time. */
const TRY_AGAIN_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;
const DISK_RETRY_MS = 5_000;

export function isHeld(held: HeldCluster | null, applied: HeldCluster | null): boolean {
  return held?.revision === applied?.revision && held?.digest === applied?.digest;
}

export class Confirming {
  readonly #ground: Ground;
  readonly #settler: Settler;
  readonly #timers = new Map<string, Cancel>();
  /** By a person in time, whoever holds the lock until that is over. */
  readonly #confirmed = new Set<string>();
  readonly #tried = new Map<string, { readonly tries: number; readonly steps: readonly Step[] }>();

  constructor(ground: Ground, settler: Settler) {
    this.#ground = ground;
    this.#settler = settler;
  }

  /** Before the change is accepted. Its time runs from here. */
  async begin(change: WaitingChange): Promise<void> {
    await this.#ground.confirmations.put(change);
    this.#arm(change.applyId, change.withinMs);
  }

  /** The change was not made after all, or rolled back. Where the disk does not take that, going back in time finds nothing to do. */
  async drop(applyId: string): Promise<void> {
    try {
      await this.#ground.confirmations.drop(applyId);
      this.#disarm(applyId);
      this.#confirmed.delete(applyId);
    } catch (error) {
      this.#ground.log.error({ err: error, applyId }, 'a change that was not made could not be forgotten');
    }
  }

  /** At the start, under the change lock: what should be back by now goes back before anything else is brought about. */
  async resume(): Promise<void> {
    const { confirmations, holdings, clock } = this.#ground;
    for (const change of confirmations.waiting) {
      const { applyId, clusterId, applied, withinMs, deadlineMs, goingBack } = change;
      const leftMs = Math.min(Math.max(deadlineMs - clock.nowMs(), 0), withinMs);
      if (goingBack === null && !isHeld(holdings.cluster(clusterId), applied)) await this.drop(applyId);
      else if (goingBack === null && leftMs > 0) this.#arm(applyId, leftMs);
      else await this.#goBack(applyId, goingBack?.why ?? 'notConfirmed').catch((error: unknown) => this.#later(applyId, error));
    }
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** Says what holds then: who goes back already goes on with that. */
  confirm(applyId: string): Promise<Confirmation | null> {
    if (this.#timers.has(applyId)) this.#confirmed.add(applyId);
    return this.#ground.lock.run(LOCK_WAIT_MS, () => this.#confirm(applyId));
  }

  /** Comes back when it has been tried once. */
  async goBackNow(applyId: string): Promise<Confirmation | null> {
    const { lock, confirmations } = this.#ground;
    return lock.run(LOCK_WAIT_MS, async () => {
      if (confirmations.get(applyId)?.goingBack === null) await this.#goBack(applyId, 'ordered');
      return confirmations.find(applyId);
    });
  }

  #arm(applyId: string, afterMs: number): void {
    this.#disarm(applyId);
    if (!this.#ground.stopping.aborted) this.#timers.set(applyId, this.#ground.clock.after(afterMs, () => void this.#due(applyId)));
  }

  #disarm(applyId: string): void {
    this.#timers.get(applyId)?.();
    this.#timers.delete(applyId);
  }

  async #due(applyId: string): Promise<void> {
    const { lock, confirmations } = this.#ground;
    this.#timers.delete(applyId);
    try {
      await lock.run(OWN_WAIT_MS, async () => {
        const goingBack = confirmations.get(applyId)?.goingBack ?? null;
        if (goingBack === null && this.#confirmed.has(applyId)) await this.#confirm(applyId);
        else await this.#goBack(applyId, goingBack?.why ?? 'notConfirmed');
      });
    } catch (error) {
      this.#later(applyId, error);
    }
  }

  #later(applyId: string, error: unknown): void {
    if (error instanceof StoppedError || this.#ground.stopping.aborted) return;
    if (!(error instanceof RequestFault)) this.#ground.log.error({ err: error, applyId }, 'going back failed; it is tried again');
    this.#arm(applyId, DISK_RETRY_MS);
  }

  /** Runs under the change lock. */
  async #confirm(applyId: string): Promise<Confirmation | null> {
    const { confirmations, clock, log, changed } = this.#ground;
    const change = confirmations.get(applyId);
    if (change === null || change.goingBack !== null) return confirmations.find(applyId);
    await confirmations.end(applyId, { kind: 'confirmed', atMs: clock.nowMs() });
    this.#disarm(applyId);
    this.#confirmed.delete(applyId);
    log.info({ applyId, clusterId: change.clusterId, revision: change.revision }, 'a change is confirmed');
    await dropOrphans(change.clusterId, this.#ground);
    changed();
    return confirmations.find(applyId);
  }

  /** Runs under the change lock. */
  async #goBack(applyId: string, why: Why): Promise<void> {
    const { confirmations, clock, log } = this.#ground;
    const begun = confirmations.get(applyId);
    if (begun === null) return;
    this.#disarm(applyId);
    const change = begun.goingBack === null ? { ...begun, goingBack: { why, sinceMs: clock.nowMs() } } : begun;
    if (begun.goingBack === null) {
      log.warn({ applyId, clusterId: change.clusterId, revision: change.revision, base: change.base?.revision ?? null, why }, 'going back');
      await confirmations.put(change);
    }
    const { tries, steps: before } = this.#tried.get(applyId) ?? { tries: 0, steps: [] };
    const { steps: last, remaining, scope } = await tryGoingBack(change, this.#ground);
    const steps = allSteps(before, last);
    this.#settler.forget(scope);
    const againAfterMs = remaining.length === 0 ? undefined : TRY_AGAIN_AFTER_MS[tries];
    if (againAfterMs === undefined) await this.#end(change, wentBack(change, why, { steps, remaining }, clock.nowMs()));
    else {
      this.#tried.set(applyId, { tries: tries + 1, steps });
      this.#arm(applyId, againAfterMs);
    }
    this.#ground.changed();
  }

  async #end({ applyId, clusterId }: WaitingChange, ended: Confirmation & { readonly kind: 'wentBack' }): Promise<void> {
    const { confirmations, log } = this.#ground;
    await confirmations.end(applyId, ended);
    this.#tried.delete(applyId);
    this.#confirmed.delete(applyId);
    log.warn({ applyId, clusterId, revision: ended.base, remaining: ended.remainingCount }, 'went back');
    await dropOrphans(clusterId, this.#ground);
  }
}
