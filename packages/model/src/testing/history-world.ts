// A forwarder whose traffic is known, an agent that samples it, and what of that traffic the agent's history can know.
import type { Counters } from '../live/counters.ts';
import type { Sample } from '../live/sample.ts';
import { IntervalMaker } from '../history/interval-maker.ts';
import type { Closed, MakerOptions } from '../history/interval-maker.ts';

export const serviceKeys = ['tcp 10.0.0.1:80', 'tcp 10.0.0.1:443'] as const;

export type Happening =
  | { readonly kind: 'sample' | 'miss' | 'kill' | 'stop' | 'newLife'; readonly traffic: readonly number[] }
  | { readonly kind: 'remove' | 'zero'; readonly place: number; readonly traffic: readonly number[] }
  | { readonly kind: 'clock'; readonly byMs: number; readonly traffic: readonly number[] };

/** A real server of a service. Everything else is counted as it is. */
class Place {
  shown = 0;
  isThere = true;
  /** Of what was counted. */
  known = 0;
  sinceClosed = 0;
  /** Since the last interval closed, before its counters began anew. */
  beforeZero = 0;
}

function countersOf(shown: number): Counters {
  return { connections: BigInt(shown), packetsIn: BigInt(shown) * 3n, packetsOut: 'replyBypassesDirector', bytesIn: BigInt(shown) * 1_500n, bytesOut: 'replyBypassesDirector' };
}

/** Counters begin so high, and traffic is so little, that one that began anew is seen to have fallen. */
const BEGIN = 100_000;

export class HistoryWorld {
  readonly places = [0, 1, 2, 3].map(() => new Place());
  readonly closed: Closed[] = [];
  readonly #options: Pick<MakerOptions, 'countersRefreshMs' | 'bringsBack'>;
  #maker: IntervalMaker;
  /** Of the forwarder; and the one in which the last interval closed. */
  #life = 0;
  #lifeClosed: number | null = null;
  #nowMs = 1_800_000_000_000;

  constructor(options: Pick<MakerOptions, 'countersRefreshMs' | 'bringsBack'>) {
    this.#options = options;
    for (const place of this.places) place.shown = BEGIN;
    this.#maker = this.#begin('unknown');
    this.#sample();
  }

  #begin(from: MakerOptions['from']): IntervalMaker {
    return new IntervalMaker({ ...this.#options, byteKind: 'ipBytes', from, lived: this.closed.at(-1)?.lived ?? [], labels: () => new Map() });
  }

  happen(happening: Happening): void {
    this.places.forEach((place, at) => {
      const counted = happening.traffic[at] ?? 0;
      if (!place.isThere) return;
      place.shown += counted;
      place.sinceClosed += counted;
      place.known += counted;
    });
    this.#nowMs += 1_000;
    if (happening.kind !== 'miss') this.#sample();
    if (happening.kind === 'clock') this.#nowMs = Math.max(0, this.#nowMs + happening.byMs);
    else if (happening.kind === 'remove' || happening.kind === 'zero') this.#strike(happening);
    else if (happening.kind === 'kill' || happening.kind === 'stop') this.#restart(happening.kind);
    else if (happening.kind === 'newLife') this.#newLife();
  }

  #strike({ kind, place: at }: { readonly kind: 'remove' | 'zero'; readonly place: number }): void {
    const place = this.places[at];
    if (place === undefined || place.shown < BEGIN) return;
    place.shown = 0;
    place.beforeZero = place.sinceClosed;
    if (kind === 'zero') return;
    place.isThere = false;
    this.#nowMs += 1_000;
    this.#sample();
    place.isThere = true;
  }

  #restart(how: 'kill' | 'stop'): void {
    if (how === 'stop') this.#keep(this.#maker.end());
    for (const place of this.places) {
      place.known -= place.beforeZero;
      place.sinceClosed -= place.beforeZero;
      place.beforeZero = 0;
    }
    const isUnknown = this.#lifeClosed === null && this.#life === 0;
    this.#maker = this.#begin(isUnknown ? 'unknown' : this.#lifeClosed === this.#life ? this.closed.at(-1)?.shown ?? 'nothing' : 'nothing');
    if (!isUnknown) return;
    for (const place of this.places) this.#forget(place);
    this.#sample();
  }

  #newLife(): void {
    this.#life += 1;
    for (const place of this.places) {
      this.#forget(place);
      place.shown = 0;
    }
    this.#maker = this.#begin('nothing');
  }

  /** Of what was counted since the last interval nothing is known. */
  #forget(place: Place): void {
    place.known -= place.sinceClosed;
    place.sinceClosed = 0;
    place.beforeZero = 0;
  }

  #sample(): void {
    this.#keep(this.#maker.take(this.#seen()));
  }

  #seen(): Sample {
    const services = serviceKeys.map((key, at) => {
      const realServers = this.places.slice(at * 2, at * 2 + 2).flatMap(({ isThere, shown }, number) => (
        isThere ? [{ key: `10.1.0.${number + 1}:80`, weight: 1, connections: { active: 2, inactive: 3, persistent: null }, counters: countersOf(shown) }] : []));
      return { key, refused: null, counters: countersOf(0), realServers };
    });
    return { measuredAtMs: this.#nowMs, services };
  }

  #keep(closed: Closed | null): void {
    if (closed === null) return;
    this.places.forEach((place, at) => {
      const shown = shownOf(closed, at);
      // What was sampled after the interval's end belongs to the next one.
      place.sinceClosed = place.shown >= shown ? place.shown - shown : place.shown;
      place.beforeZero = 0;
    });
    this.closed.push(closed);
    this.#lifeClosed = this.#life;
  }
}

function shownOf({ shown: { services } }: Closed, at: number): number {
  const realServers = services.find(({ key }) => key === serviceKeys[Math.floor(at / 2)])?.realServers ?? [];
  return Number(realServers.find(({ key }) => key === `10.1.0.${(at % 2) + 1}:80`)?.counters.connections ?? 0);
}
