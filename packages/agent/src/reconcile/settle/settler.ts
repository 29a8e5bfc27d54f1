// What the agent does of its own accord: forward what it holds after a start, and let overrides begin and end on time.
// In a new life of the forwarder it repairs every difference, because that begins empty (the proxy's with each start of the agent, the
// kernel's with a boot). All other drift it only reports: somebody made it, and a person decides.
import { nextChangeMs } from '@weir/model';
import type { OperationResult, Override, PlanOperation } from '@weir/model';
import type { Cancel } from '../../clock.ts';
import type { ApplyMarker } from '../../disk/data-folder.ts';
import { RequestFault } from '../../fault.ts';
import { withoutAdopted } from '../plan/adopted.ts';
import { inScope, planDirector, scopeOf } from '../plan/director-plan.ts';
import type { Scope } from '../plan/director-plan.ts';
import { isSilence, observe, read } from '../ground.ts';
import type { Ground } from '../ground.ts';
import { Owed } from './owed.ts';
import { changedBetween, hasEnded, targetOf } from './override-target.ts';
import { perform } from '../perform.ts';

const OWN_WAIT_MS = 600_000;
const MOST_LOGGED = 20;

export class Settler {
  readonly #ground: Ground;
  readonly #owed = new Owed();
  #evaluatedAtMs: number;
  #cancelOverride: Cancel | null = null;
  #cancelRetry: Cancel | null = null;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#evaluatedAtMs = ground.clock.nowMs();
  }

  /** A person changed this override now, whatever its times say. */
  touch(override: Pick<Override, 'target'>): void {
    const target = targetOf(override, this.#ground.holdings.held.accepted);
    if (target !== null) this.#owed.add(target);
  }

  /** The agent is back in the same life of the forwarder: it owes the change it was in the middle of, and what overrides did meanwhile. */
  resume(interrupted: ApplyMarker | null): void {
    const { accepted, overrides } = this.#ground.holdings.held;
    const others = scopeOf(accepted.filter(({ clusterId }) => clusterId !== interrupted?.clusterId), null);
    this.#owed.atStartOnly(interrupted === null ? null : (operation) => !inScope(operation, others));
    for (const override of overrides) this.touch(override);
  }

  forget(scope: Scope): void {
    this.#owed.forget(scope);
  }

  stop(): void {
    this.#cancelOverride?.();
    this.#cancelRetry?.();
  }

  /** Runs under the change lock. Says whether the forwarder answered. */
  async settle(): Promise<boolean> {
    await this.#turnOverrides();
    const answered = this.#owed.nothing || await this.#bringAbout();
    this.#arm();
    return answered;
  }

  async #turnOverrides(): Promise<void> {
    const { holdings, clock, log, changed } = this.#ground;
    const nowMs = clock.nowMs();
    const { overrides } = holdings.held;
    for (const override of overrides) if (changedBetween(override, this.#evaluatedAtMs, nowMs)) this.touch(override);
    this.#evaluatedAtMs = nowMs;
    const left = overrides.filter((override) => !hasEnded(override, nowMs));
    if (left.length === overrides.length) return;
    try {
      await holdings.setOverrides(left);
      changed();
    } catch (error) {
      // They have no effect any more; the next turn drops them.
      log.error({ err: error }, 'overrides that ended could not be removed from the disk');
    }
  }

  async #bringAbout(): Promise<boolean> {
    const { holdings, log } = this.#ground;
    try {
      const reading = await read(this.#ground);
      const planned = planDirector(holdings.held, reading, reading.readAtMs);
      const operations = withoutAdopted(planned).filter((operation) => this.#owed.covers(operation));
      const results = await perform(operations, 'goOn', this.#ground, (_, error) => { throw error; });
      const undone = operations.filter((_, i) => results[i]?.status !== 'done');
      const givenUp = this.#owed.settled(undone);
      log.info({ operations: operations.length, undone: undone.length }, givenUp ? 'what is refused again and again is given up, and stays drift' : 'settled');
      this.#logRefusals(operations, results);
      observe(this.#ground, await read(this.#ground));
      return true;
    } catch (error) {
      if (!isSilence(error)) throw error;
      this.#owed.failed();
      log.error({ err: error, retryInMs: this.#owed.retryInMs }, 'the forwarder does not answer');
      return false;
    }
  }

  #logRefusals(operations: readonly PlanOperation[], results: readonly OperationResult[]): void {
    const refused = results.flatMap((result, i) => (result.status === 'failed' ? [{ operation: operations[i], fault: result.fault }] : []));
    for (const refusal of refused.slice(0, MOST_LOGGED)) this.#ground.log.warn(refusal, 'an operation was refused');
  }

  #arm(): void {
    const { clock, holdings, stopping } = this.#ground;
    this.stop();
    if (stopping.aborted) return;
    const changeMs = nextChangeMs(holdings.held.overrides, this.#evaluatedAtMs);
    if (changeMs !== null) this.#cancelOverride = clock.at(changeMs, () => void this.#turn());
    if (!this.#owed.nothing) this.#cancelRetry = clock.after(this.#owed.retryInMs, () => void this.#turn());
  }

  async #turn(): Promise<void> {
    const { lock, log } = this.#ground;
    try {
      await lock.run(OWN_WAIT_MS, () => this.settle());
    } catch (error) {
      if (!(error instanceof RequestFault)) log.error({ err: error }, 'settling failed');
      this.#owed.failed();
      this.#arm();
    }
  }
}
