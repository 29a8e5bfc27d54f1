// Follows the drains of this director: from counter reading to counter reading, also without a panel and after a restart.
import { drainOverrides, evidenceOf, isOpen, isOverrideOf, noTrack, overrideIdsOf, readingsOf, trackNext } from '@weir/model';
import type { Drain, DrainReading, DrainTrack, Override, Sample } from '@weir/model';
import type { DirectorState } from '@weir/protocol';
import type { Forwarder } from '@weir/forwarder';
import type { Logger } from 'pino';
import type { Cancel, Clock } from '../clock.ts';
import type { HeldDrain } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';
import type { Holdings } from '../reconcile/holdings.ts';
import type { Drains } from './drains.ts';
import { placesOf } from './places.ts';
import type { Place } from './places.ts';
import { Timers } from './timers.ts';

export interface DrainingParts {
  readonly drains: Drains;
  readonly holdings: Pick<Holdings, 'held'>;
  readonly forwarder: Pick<Forwarder, 'capabilities' | 'connections'>;
  /** Ends overrides and holds others, in one turn. */
  readonly exchange: (ended: readonly string[], held: readonly Override[]) => Promise<DirectorState>;
  readonly listen: (onSample: (sample: Sample) => void) => Cancel;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Logger;
  /** Tells whoever follows the state that it is another one. */
  readonly changed: () => void;
}

/** Null where the forwarder does not count them. */
function persistentOf(readings: readonly DrainReading[]): number | null {
  return readings.reduce<number | null>((sum, reading) => {
    const count = reading === null ? 0 : reading.connections.persistent;
    return sum === null || count === null ? null : sum + count;
  }, 0);
}

export class Draining {
  readonly #parts: DrainingParts;
  readonly #timers: Timers;
  readonly #tracks = new Map<string, DrainTrack>();
  /** Being ended: a turn that brought something about now would come after it. */
  readonly #ending = new Set<string>();
  #cancel: Cancel | null = null;
  #turning: Promise<void> | null = null;
  #stopped = false;

  constructor(parts: DrainingParts) {
    const { forwarder, drains, log, changed } = parts;
    this.#parts = parts;
    this.#timers = new Timers({
      forwarder,
      found: (drainId, estimate) => {
        drains.estimate(drainId, estimate);
        changed();
      },
      failed: (error) => log.warn({ err: error }, 'the timers of connections were not read'),
    });
  }

  /** Counts as long as a drain is held: also one that is done may be undone by somebody else. */
  resume(): void {
    if (this.#stopped || this.#parts.drains.all.every(({ phase }) => phase === 'undone')) return this.#rest();
    this.#cancel ??= this.#parts.listen((sample) => this.#onSample(sample));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rest();
    await this.#turning;
  }

  /** One that is held already is that one. */
  async start(ordered: Drain): Promise<void> {
    const { drains, holdings, exchange, clock } = this.#parts;
    if (drains.find(ordered.id) !== null) return;
    const nowMs = clock.nowMs();
    if (ordered.deadlineMs !== null && ordered.deadlineMs <= nowMs) throw new RequestFault('badRequest', { field: 'drain.deadlineMs', reason: 'past' });
    // It begins now, whatever the panel's clock says.
    const drain = { ...ordered, startedAtMs: Math.min(ordered.startedAtMs, nowMs) };
    const places = placesOf(drain, overrideIdsOf(drain), holdings.held.accepted);
    if (places.length < drain.targets.length) throw new RequestFault('badRequest', { field: 'drain.targets', reason: 'notFound' });
    await exchange([], drainOverrides(drain, 'quiesce'));
    try {
      await drains.add({ drain, phase: 'draining', sinceMs: nowMs, evidence: null });
    } catch (error) {
      await exchange(overrideIdsOf(drain), []);
      throw error;
    }
    this.resume();
    this.#parts.changed();
  }

  /**
   * Gives the weights back; nothing is known of the drain here afterwards. Ending what is not there changes nothing. Of one that began while
   * its agent was ended there may be overrides alone.
   */
  async end(drainId: string): Promise<void> {
    const { drains, exchange, changed } = this.#parts;
    const overrideIds = this.#heldIdsOf(drainId);
    if (drains.find(drainId) === null && overrideIds.length === 0) return;
    this.#ending.add(drainId);
    try {
      await exchange(overrideIds, []);
      await drains.drop(drainId);
    } finally {
      this.#ending.delete(drainId);
    }
    this.#forget(drainId);
    this.resume();
    changed();
  }

  #heldIdsOf(drainId: string): string[] {
    return this.#parts.holdings.held.overrides.filter((override) => isOverrideOf(drainId, override)).map(({ id }) => id);
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #forget(drainId: string): void {
    this.#tracks.delete(drainId);
    this.#timers.forget(drainId);
  }

  /** While the last reading is still worked on, this one is left out. */
  #onSample(sample: Sample): void {
    this.#turning ??= this.#turn(sample).finally(() => { this.#turning = null; });
  }

  /** What fails of one keeps no other from being followed. */
  async #turn(sample: Sample): Promise<void> {
    for (const held of this.#parts.drains.all) {
      if (held.phase === 'undone' || this.#ending.has(held.drain.id)) continue;
      await this.#look(held, sample).catch((error: unknown) => this.#parts.log.error({ err: error, drain: held.drain.id }, 'a drain was not followed'));
    }
    this.resume();
  }

  async #look(held: HeldDrain, sample: Sample): Promise<void> {
    const places = this.#placesOf(held.drain);
    if (places === null) await this.#change(held, 'undone', held.evidence);
    else if (isOpen(held)) await this.#follow(held, places, sample);
  }

  /**
   * Null where it holds no more: its overrides were ended, or all that it drained is gone from what is accepted. None while a change that
   * took a target away may still go back: its override waits for that.
   */
  #placesOf(drain: Drain): Place[] | null {
    const overrideIds = new Set(this.#heldIdsOf(drain.id));
    const places = placesOf(drain, overrideIdsOf(drain), this.#parts.holdings.held.accepted);
    if (overrideIds.size === 0 || !places.every(({ overrideId }) => overrideIds.has(overrideId))) return null;
    return places.length < overrideIds.size ? [] : places;
  }

  async #follow(held: HeldDrain, places: readonly Place[], sample: Sample): Promise<void> {
    const { drain, phase } = held;
    const readings = readingsOf(places, sample);
    const removing = phase === 'removing';
    const track = trackNext(this.#tracks.get(drain.id) ?? noTrack, readings, { atMs: sample.measuredAtMs, mayBeGone: removing });
    this.#tracks.set(drain.id, track);
    const evidence = evidenceOf(track, this.#parts.forwarder.capabilities.countersRefreshMs, removing ? 'removed' : 'empty');
    if (evidence !== null) await this.#change(held, 'done', evidence);
    else if (!removing && track.zero === null && places.length > 0 && this.#isToBeRemoved(drain)) await this.#remove(held, places);
    else this.#timers.look(drain.id, places, persistentOf(readings));
  }

  #isToBeRemoved({ atDeadline, deadlineMs }: Drain): boolean {
    return atDeadline === 'remove' && deadlineMs !== null && deadlineMs <= this.#parts.clock.nowMs();
  }

  /** Only what a later revision left. */
  async #remove(held: HeldDrain, places: readonly Place[]): Promise<void> {
    const left = new Set(places.map(({ overrideId }) => overrideId));
    await this.#parts.exchange([], drainOverrides(held.drain, 'remove').filter(({ id }) => left.has(id)));
    await this.#change(held, 'removing', null);
  }

  async #change({ drain }: HeldDrain, phase: HeldDrain['phase'], evidence: HeldDrain['evidence']): Promise<void> {
    const { drains, clock, log, changed } = this.#parts;
    await drains.change(drain.id, { phase, sinceMs: clock.nowMs(), evidence });
    this.#forget(drain.id);
    log.info({ drain: drain.id, phase, evidence }, 'a drain');
    changed();
  }
}
