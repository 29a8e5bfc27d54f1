// Live data for browsers: composes each followed topic once a second, writes it as text once, and offers it to every tab that follows it.
import type { ClusterDefinition } from '@weir/model';
import type { AcceptedRevision } from '@weir/protocol';
import { nanoid } from 'nanoid';
import type { LiveEvent, LiveTick, Topic } from '../../live/topic.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Clusters } from '../clusters/clusters.ts';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import { composeTick } from './compose.ts';
import { eachSecond } from './each-second.ts';
import { Hub } from './held/hub.ts';
import type { Moment } from './moment.ts';
import { Pieces } from './pieces.ts';
import type { Incoming } from './rows/incoming.ts';
import { TabStream } from './tab-stream.ts';

export interface LiveParts {
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly sessions: Pick<Sessions, 'onEnded'>;
  readonly logger: Logger;
}

/** Who follows: a role is looked up anew with each request, and its change ends the session. */
export interface Follower {
  readonly person: { readonly id: string };
  readonly sessionId: string;
}

/** Directors measure on the second; by then most have said what. */
const composedAfterMs = 400;
/** Written to in one piece. */
const streamsAtOnce = 32;
const streamsMax = 500;
const streamsPerPersonMax = 32;

export class Live {
  readonly #hub: Hub;
  readonly #logger: Logger;
  readonly #streams = new Map<string, TabStream>();
  /** Of this second, as text: what is newly followed by one and was followed by others is not composed again. */
  #texts = new Map<Topic, string>();
  /** Asked for in this second: of many tabs that open at once, most ask for the same. */
  #histories = new Map<string, Promise<LiveTick[]>>();
  #ticking = false;
  readonly #stopTicking: () => void;
  readonly #stopListening: () => void;

  constructor({ gateway, clusters, sessions, logger }: LiveParts) {
    this.#hub = new Hub(gateway, clusters);
    this.#logger = logger;
    this.#stopTicking = eachSecond(composedAfterMs, () => void this.#tick());
    this.#stopListening = sessions.onEnded((sessionIds) => {
      for (const stream of this.#streams.values()) if (sessionIds.includes(stream.sessionId)) this.#end(stream);
    });
  }

  async *stream({ person, sessionId }: Follower, topics: readonly Topic[], signal: AbortSignal | undefined): AsyncGenerator<LiveEvent, void, void> {
    const own = [...this.#streams.values()].filter(({ personId }) => personId === person.id).length;
    if (own >= streamsPerPersonMax) throw new PanelError('tooManyStreams', { max: streamsPerPersonMax });
    if (this.#streams.size >= streamsMax) throw new PanelError('tooManyStreams', { max: streamsMax });
    const stream = new TabStream({ id: nanoid(), personId: person.id, sessionId }, topics);
    this.#streams.set(stream.id, stream);
    const end = (): void => this.#end(stream);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
    try {
      this.#offer(stream, topics);
      yield* stream.events();
    } finally {
      signal?.removeEventListener('abort', end);
      end();
    }
  }

  /** Only the session that opened a stream changes what it follows. */
  follow({ sessionId }: Follower, streamId: string, topics: readonly Topic[]): void {
    const stream = this.#streams.get(streamId);
    if (stream === undefined || stream.sessionId !== sessionId) throw new PanelError('noSuchStream');
    const added = topics.filter((topic) => !stream.topics.has(topic));
    stream.follow(topics);
    this.#offer(stream, added);
  }

  history(topic: Topic, seconds: number): Promise<LiveTick[]> {
    const asked = `${topic} ${seconds}`;
    const told = this.#histories.get(asked) ?? this.#hub.history(topic, seconds);
    this.#histories.set(asked, told);
    return told;
  }

  /** By which a director forwards now; null: being read, or another one than the panel has under that number. */
  acceptedDefinition(held: AcceptedRevision): ClusterDefinition | null {
    return this.#hub.acceptedDefinition(held);
  }

  incoming(directorId: string): Incoming | null {
    return this.#hub.incoming(directorId);
  }

  close(): void {
    this.#stopTicking();
    this.#stopListening();
    for (const stream of this.#streams.values()) this.#end(stream);
  }

  /** What is newly followed does not wait for the next second. */
  #offer(stream: TabStream, topics: readonly Topic[]): void {
    let moment: Moment | null = null;
    for (const topic of topics) {
      const text = this.#texts.get(topic) ?? this.#compose(topic, moment ??= this.#hub.moment());
      if (text !== null) stream.offer(topic, text);
    }
  }

  #compose(topic: Topic, moment: Moment): string | null {
    const tick = composeTick(topic, moment);
    if (tick === null) return null;
    this.#hub.remember(tick);
    const text = JSON.stringify(tick);
    this.#texts.set(topic, text);
    return text;
  }

  async #tick(): Promise<void> {
    this.#histories = new Map();
    if (this.#ticking) return;
    this.#ticking = true;
    this.#texts = new Map();
    try {
      if (this.#streams.size > 0) await this.#composeFor([...this.#streams.values()]);
    } catch (error) {
      this.#logger.error({ err: error }, 'live data could not be composed');
    } finally {
      this.#ticking = false;
    }
  }

  /** Piece by piece, so that nothing else waits for all of it. */
  async #composeFor(streams: readonly TabStream[]): Promise<void> {
    const moment = this.#hub.moment();
    const piece = new Pieces();
    let offered = 0;
    for (const topic of new Set(streams.flatMap(({ topics }) => [...topics]))) {
      const text = this.#texts.get(topic) ?? this.#compose(topic, moment);
      if (text === null) continue;
      for (const stream of streams) {
        if (!stream.offer(topic, text)) continue;
        offered += 1;
        if (offered < streamsAtOnce && !piece.isOver) continue;
        await piece.next();
        offered = 0;
      }
    }
  }

  #end(stream: TabStream): void {
    this.#streams.delete(stream.id);
    stream.end();
  }
}
