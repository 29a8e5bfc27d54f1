// What all directors last said, second by second: the samples behind every tick and every minute of history.
import type { ClusterDefinition } from '@weir/model';
import type { AcceptedRevision } from '@weir/protocol';
import { lineId } from '../../../live/service-line.ts';
import { subjectOf } from '../../../live/topic.ts';
import type { LiveTick, Topic } from '../../../live/topic.ts';
import type { Clusters } from '../../clusters/clusters.ts';
import type { KnownRevision } from '../../clusters/standings.ts';
import type { DirectorView } from '../../gateway/director-view.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { AcceptedDefinitions } from './accepted-definitions.ts';
import { composeTick } from '../compose.ts';
import type { DirectorNow } from '../holders.ts';
import { incomingOf } from '../rows/incoming.ts';
import type { Incoming } from '../rows/incoming.ts';
import type { Moment } from '../moment.ts';
import { Pieces } from '../pieces.ts';
import { OverviewSeconds } from './overview-seconds.ts';
import { hold } from './ring.ts';
import { Rings } from './rings.ts';

/** A director that has not been heard for so long is silent; ticks come each second. */
const silentAfterMs = 3_500;
/** As long as its lines are. */
const overviewSeconds = 300;
/** Services and real servers that are composed for one history: about a quarter of a second's work. */
const historyRowsMax = 50_000;

export class Hub {
  readonly #gateway: Gateway;
  readonly #clusters: Clusters;
  readonly #rings = new Rings();
  readonly #overview = new OverviewSeconds(overviewSeconds * 1_000);
  readonly #definitions: AcceptedDefinitions;
  readonly #now: () => number;

  constructor(gateway: Gateway, clusters: Clusters, now: () => number = Date.now) {
    this.#gateway = gateway;
    this.#clusters = clusters;
    this.#now = now;
    this.#definitions = new AcceptedDefinitions((clusterId, revision) => clusters.definition(clusterId, revision));
    gateway.onLink(() => {
      const directors = gateway.directors();
      this.#rings.keep(new Set(directors.map(({ id }) => id)));
      void this.#definitions.keep(directors.flatMap(({ accepted }) => accepted ?? []));
    });
    gateway.onSample((directorId, bootId, sample) => {
      const byteKind = gateway.director(directorId)?.hello?.capabilities.byteKind;
      if (byteKind === undefined) return;
      this.#rings.add(directorId, hold(sample, { bootId, byteKind, receivedAtMs: now() }));
    });
  }

  /** Null: being read, or another one than the panel has under that number. */
  acceptedDefinition(held: AcceptedRevision): ClusterDefinition | null {
    return this.#definitions.get(held);
  }

  /** Null: it is silent, or not known for long enough. */
  incoming(directorId: string): Incoming | null {
    const view = this.#gateway.director(directorId);
    if (view === null) return null;
    const { live, sample, before } = this.#directorAt(view, null, this.#now(), true);
    return live && sample !== null && before !== null ? incomingOf(sample, before) : null;
  }

  /** What every topic is made of this second. */
  moment(): Moment {
    return this.#momentAt(this.#now(), this.#known(), true);
  }

  /** One that was composed of the present, for the past of later. */
  remember(tick: LiveTick): void {
    if (tick.topic === 'overview') this.#overview.add(tick);
  }

  /** Of the last seconds that are remembered, oldest first: one tick for each, or fewer where the topic is large. */
  async history(topic: Topic, asked: number): Promise<LiveTick[]> {
    const now = this.#now();
    const seconds = topic === 'overview' ? Math.min(asked, overviewSeconds) : asked;
    const oldest = this.#rings.oldestAtMs() ?? now;
    const first = Math.max(now - seconds * 1_000, oldest);
    const known = concerning(topic, this.#known());
    const stepMs = 1_000 * Math.max(1, Math.ceil((seconds * this.#rowsOf(topic, known.wanted)) / historyRowsMax));
    const newest = composeTick(topic, this.#momentAt(now, known, true));
    if (newest === null) return [];
    const traced = new Set(newest.lines?.shown.map(lineId));
    const ticks = [newest];
    const piece = new Pieces();
    for (let atMs = now - stepMs; atMs >= first; atMs -= stepMs) {
      if (piece.isOver) await piece.next();
      const tick = composeTick(topic, this.#momentAt(atMs, known, false), traced);
      if (tick === null) break;
      ticks.push(tick);
    }
    const composed = ticks.toReversed();
    return topic === 'overview' && stepMs > 1_000 ? this.#overview.between(composed) : composed;
  }

  /** What composing one tick looks at. */
  #rowsOf(topic: Topic, wanted: readonly KnownRevision[]): number {
    const { directorId, clusterId, serviceId } = subjectOf(topic);
    if (directorId !== null) return this.#rings.get(directorId)?.latest(this.#now())?.rows ?? 0;
    return wanted
      .filter((revision) => clusterId === null || revision.clusterId === clusterId)
      .flatMap(({ definition }) => definition.services.filter(({ id }) => serviceId === null || id === serviceId))
      .reduce((sum, { realServers }) => sum + 1 + (clusterId === null ? 0 : realServers.length), 0);
  }

  #known(): Known {
    const directors = this.#gateway.directors().map((view): Known['directors'][number] => (
      { view, accepted: view.accepted === null ? null : new Map(view.accepted.map((held) => [held.clusterId, this.#definitions.get(held)])) }));
    return { wanted: this.#clusters.allWanted(), directors };
  }

  #momentAt(atMs: number, { wanted, directors }: Known, present: boolean): Moment {
    const now = directors.map(({ view, accepted }) => this.#directorAt(view, accepted, atMs, present));
    return { atMs, wanted, directors: new Map(now.map((director) => [director.directorId, director])) };
  }

  #directorAt({ id, name, link, hello }: DirectorView, accepted: DirectorNow['accepted'], atMs: number, present: boolean): DirectorNow {
    const ring = this.#rings.get(id);
    const sample = ring?.latest(atMs) ?? null;
    const heard = sample !== null && atMs - sample.receivedAtMs <= silentAfterMs;
    return {
      directorId: id,
      name,
      live: heard && (!present || link.state === 'connected'),
      version: hello?.version ?? null,
      accepted,
      health: present ? this.#gateway.health(id) : null,
      lastSeenAtMs: present ? link.lastSeenAt : (sample?.receivedAtMs ?? null),
      sample,
      before: sample === null || hello === null ? null : (ring?.before(sample, hello.capabilities.countersRefreshMs) ?? null),
    };
  }
}

/** What is known now, of whichever second. */
interface Known {
  readonly wanted: readonly KnownRevision[];
  readonly directors: readonly { readonly view: DirectorView; readonly accepted: DirectorNow['accepted'] }[];
}

/** Without the directors that have nothing to do with it: each is looked at for hundreds of moments. */
function concerning(topic: Topic, { wanted, directors }: Known): Known {
  const { directorId, clusterId } = subjectOf(topic);
  if (directorId !== null) return { wanted, directors: directors.filter(({ view }) => view.id === directorId) };
  if (clusterId === null) return { wanted, directors };
  const named = new Set(wanted.find((revision) => revision.clusterId === clusterId)?.definition.directors.map((director) => director.directorId));
  return { wanted, directors: directors.filter(({ view, accepted }) => named.has(view.id) || accepted?.has(clusterId) === true) };
}
