// Follows the drains of this director: from counter reading to counter reading, also without a panel and after a restart.
import { drainOverrides, evidenceOf, isOpen, noTrack, overrideIdsOf, readingsOf, trackNext } from '@weir/model';
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
    await drains.add({ drain, phase: 'draining', sinceMs: nowMs, evidence: null });
    this.resume();
    this.#parts.changed();
  }

  /** Gives the weights back; nothing is known of the drain here afterwards. Ending what is not there changes nothing. */
  async end(drainId: string): Promise<void> {
    const { drains, exchange, changed } = this.#parts;
    const held = drains.find(drainId);
    if (held === null) return;
    await exchange(overrideIdsOf(held.drain), []);
    await drains.drop(drainId);
    this.#forget(drainId);
    this.resume();
    changed();
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
    this.#turning ??= this.#turn(sample)
      .catch((error: unknown) => this.#parts.log.error({ err: error }, 'a drain was not followed'))
      .finally(() => { this.#turning = null; });
  }

  async #turn(sample: Sample): Promise<void> {
    for (const held of this.#parts.drains.all) {
      if (held.phase === 'undone') continue;
      const places = this.#placesOf(held.drain);
      if (places === null) await this.#change(held, 'undone', held.evidence);
      else if (isOpen(held)) await this.#follow(held, places, sample);
    }
    this.resume();
  }

  /** Null where it holds no more: its overrides were ended, or all that it drained is gone from what is accepted. */
  #placesOf(drain: Drain): Place[] | null {
    const { accepted, overrides } = this.#parts.holdings.held;
    const places = placesOf(drain, overrideIdsOf(drain), accepted);
    const holds = places.every(({ overrideId }) => overrides.some(({ id }) => id === overrideId));
    return holds && places.length > 0 ? places : null;
  }

  async #follow(held: HeldDrain, places: readonly Place[], sample: Sample): Promise<void> {
    const { drain, phase } = held;
    const readings = readingsOf(places, sample);
    const removing = phase === 'removing';
    const track = trackNext(this.#tracks.get(drain.id) ?? noTrack, readings, { atMs: sample.measuredAtMs, mayBeGone: removing });
    this.#tracks.set(drain.id, track);
    const evidence = evidenceOf(track, this.#parts.forwarder.capabilities.countersRefreshMs, removing ? 'removed' : 'empty');
    if (evidence !== null) await this.#change(held, 'done', evidence);
    else if (!removing && track.zero === null && this.#isToBeRemoved(drain)) await this.#remove(held);
    else this.#timers.look(drain.id, places, persistentOf(readings));
  }

  #isToBeRemoved({ atDeadline, deadlineMs }: Drain): boolean {
    return atDeadline === 'remove' && deadlineMs !== null && deadlineMs <= this.#parts.clock.nowMs();
  }

  async #remove(held: HeldDrain): Promise<void> {
    await this.#parts.exchange([], drainOverrides(held.drain, 'remove'));
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
