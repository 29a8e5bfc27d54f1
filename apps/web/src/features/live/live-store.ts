// What is live in this tab: one stream for all topics that pages follow, what came lately, and whether it stands still.
import type { Topic } from '../../live/topic.ts';
import type { LiveSource } from './live-source.ts';
import { emptyView, keptMs, withHistory, withTick } from './topic-buffer.ts';
import type { TopicView } from './topic-buffer.ts';

export type LiveLink = 'connecting' | 'live' | 'reconnecting' | 'outdated';

/** What stands it still: the key, or the pointer over something that moves. */
export type PauseCause = 'key' | 'pointer';

export interface LiveState {
  readonly link: LiveLink;
  readonly pausedSinceMs: number | null;
  /** By the key where both hold it: that stays when the pointer goes. */
  readonly pausedBy: PauseCause | null;
}

export interface LiveStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => LiveState;
  /** As it is now. */
  readonly now: (topic: Topic) => TopicView;
  /** As it is shown: as it was when it was paused. */
  readonly shown: (topic: Topic) => TopicView;
  follow(topic: Topic): () => void;
  pause(cause: PauseCause, on: boolean): void;
  /** A tab that nobody sees needs no stream; it is caught up once when it is seen again. */
  setVisible(visible: boolean): void;
  close(): void;
}

const reopenAfterMs = [1_000, 2_000, 5_000, 10_000] as const;
const hiddenGraceMs = 30_000;
/** When another tab takes over the stream, it is back before anybody needs to know. */
const lostGraceMs = 2_000;

interface Followed {
  count: number;
  view: TopicView;
  shown: TopicView;
}

class Live implements LiveStore {
  readonly #listeners = new Set<() => void>();
  readonly #topics = new Map<Topic, Followed>();
  readonly #pauses = new Set<PauseCause>();
  #state: LiveState = { link: 'connecting', pausedSinceMs: null, pausedBy: null };
  #streamId: string | null = null;
  #closeStream: (() => void) | null = null;
  #failures = 0;
  #reopening: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #wasLost = false;
  #retopicking = false;

  constructor(
    private readonly source: LiveSource,
    private readonly clock: () => number,
    private readonly onBreak: () => void,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  state = (): LiveState => this.#state;
  now = (topic: Topic): TopicView => this.#topics.get(topic)?.view ?? emptyView;
  shown = (topic: Topic): TopicView => this.#topics.get(topic)?.shown ?? emptyView;

  follow(topic: Topic): () => void {
    const known = this.#topics.get(topic);
    if (known === undefined) {
      this.#topics.set(topic, { count: 1, view: emptyView, shown: emptyView });
      this.#retopic();
      void this.#catchUp(topic);
    } else known.count += 1;
    return () => this.#unfollow(topic);
  }

  #unfollow(topic: Topic): void {
    const followed = this.#topics.get(topic);
    if (followed === undefined) return;
    followed.count -= 1;
    if (followed.count > 0) return;
    this.#topics.delete(topic);
    this.#retopic();
  }

  pause(cause: PauseCause, on: boolean): void {
    if (on) this.#pauses.add(cause);
    else this.#pauses.delete(cause);
    const pausedBy = this.#pauses.has('key') ? 'key' : this.#pauses.has('pointer') ? 'pointer' : null;
    if (pausedBy === this.#state.pausedBy) return;
    if (pausedBy === null) for (const followed of this.#topics.values()) followed.shown = followed.view;
    this.#say({ pausedBy, pausedSinceMs: pausedBy === null ? null : this.#state.pausedSinceMs ?? this.clock() });
  }

  setVisible(visible: boolean): void {
    clearTimeout(this.#hiding);
    if (!visible) this.#hiding = setTimeout(() => this.#leave(), hiddenGraceMs);
    else if (this.#closeStream === null) this.#open();
  }

  close(): void {
    clearTimeout(this.#hiding);
    this.#leave();
    this.#say({ link: 'reconnecting' });
  }

  #open(): void {
    this.#end();
    const again = [...this.#topics.values()].some(({ view }) => view.latest !== null);
    this.#wait();
    this.#closeStream = this.source.open([...this.#topics.keys()], {
      onOpen: (streamId) => {
        this.#streamId = streamId;
        this.#failures = 0;
        this.#waited();
        if (this.#wasLost) this.onBreak();
        if (this.#wasLost || again) for (const topic of this.#topics.keys()) void this.#catchUp(topic);
        this.#wasLost = false;
        this.#say({ link: 'live' });
        this.#retopic();
      },
      onTick: (tick) => this.#update(tick.topic, (view) => withTick(view, tick)),
      onForeign: () => this.#say({ link: 'outdated' }),
      onLost: () => this.#lost(),
      onEnd: () => {
        this.#lost();
        this.onBreak();
        this.#reopen();
      },
    });
  }

  #lost(): void {
    this.#streamId = null;
    this.#wasLost = true;
    this.#wait();
  }

  /** What is shown is not of now until the stream is there; that takes a moment, or the panel does not answer. */
  #wait(): void {
    if (this.#state.link === 'reconnecting' || this.#waiting !== undefined) return;
    this.#say({ link: 'connecting' });
    this.#waiting = setTimeout(() => {
      this.#waited();
      this.#say({ link: 'reconnecting' });
    }, lostGraceMs);
  }

  #waited(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #reopen(): void {
    this.#closeStream = null;
    const afterMs = reopenAfterMs[Math.min(this.#failures, reopenAfterMs.length - 1)];
    this.#failures += 1;
    clearTimeout(this.#reopening);
    this.#reopening = setTimeout(() => this.#open(), afterMs);
  }

  #end(): void {
    clearTimeout(this.#reopening);
    this.#closeStream?.();
    this.#closeStream = null;
    this.#streamId = null;
  }

  #leave(): void {
    this.#end();
    this.#waited();
  }

  /** Tells the panel the topics once, however many pages changed them in one go. */
  #retopic(): void {
    if (this.#retopicking) return;
    this.#retopicking = true;
    queueMicrotask(() => {
      this.#retopicking = false;
      if (this.#streamId === null) return;
      // A stream that is gone meanwhile opens again by itself, and with the topics of then.
      this.source.follow(this.#streamId, [...this.#topics.keys()]).catch(() => undefined);
    });
  }

  async #catchUp(topic: Topic): Promise<void> {
    try {
      const history = await this.source.history(topic, keptMs / 1_000);
      this.#update(topic, (view) => withHistory(view, history));
    } catch {
      // The stream shows from now on; the past is asked for again when it reconnects.
      this.#update(topic, (view) => ({ ...view, caughtUp: true }));
    }
  }

  #update(topic: Topic, change: (view: TopicView) => TopicView): void {
    const followed = this.#topics.get(topic);
    if (followed === undefined) return;
    followed.view = change(followed.view);
    // A page that is opened while it stands still is drawn once, with its past.
    if (this.#state.pausedSinceMs === null || followed.shown.latest === null || !followed.shown.caughtUp) followed.shown = followed.view;
    this.#say({});
  }

  #say(change: Partial<LiveState>): void {
    const next = { ...this.#state, ...change };
    if (next.link !== this.#state.link || next.pausedBy !== this.#state.pausedBy) this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}

/** `onBreak` is told when a stream was refused or ended, as when the session is over, and when it is back, perhaps in another session. */
export function createLiveStore(source: LiveSource, clock: () => number, onBreak: () => void): LiveStore {
  return new Live(source, clock, onBreak);
}
