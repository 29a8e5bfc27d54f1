// One stream for all tabs of a browser, which allows six connections to a host: the tab with the lock holds it and hands on what comes.
// The lock passes on by itself when that tab ends or is hidden for long; one that stands still, as on a phone, loses it.
import type { Topic } from '../../../live/topic.ts';
import { HeldStream } from './held-stream.ts';
import type { TextEvents, TextStream } from '../panel-stream.ts';
import { sharedName, TabMessage } from './tab-message.ts';

export interface SharedBy {
  /** Tabs share with those of the same name only. */
  readonly name: string;
  readonly locks: Pick<LockManager, 'request'>;
  readonly openChannel: (name: string) => BroadcastChannel;
  readonly clock: () => number;
  readonly random: () => number;
}

const beatMs = 2_000;
/** Every so many beats a tab says again what it follows. */
const followsEvery = 5;
// Of the holder's beats five are missing; not all tabs take its place at once.
const silentMs = 10_000;
const silentSpreadMs = 5_000;
const heardMs = 300;

class SharingTab {
  readonly #id: string;
  readonly #by: SharedBy;
  readonly #stream: TextStream;
  readonly #events: TextEvents;
  readonly #channel: BroadcastChannel;
  readonly #beat: ReturnType<typeof setInterval>;
  #topics: readonly Topic[];
  #held: HeldStream | null = null;
  #letGo: (() => void) | null = null;
  #queued = new AbortController();
  #holder: string | null = null;
  #streamId: string | null = null;
  #heardAtMs: number;
  #beatAtMs: number;
  #beats = 0;
  #over = false;

  constructor(by: SharedBy, stream: TextStream, topics: readonly Topic[], events: TextEvents) {
    this.#id = by.random().toString(36).slice(2) + by.clock().toString(36);
    this.#by = by;
    this.#stream = stream;
    this.#events = events;
    this.#topics = topics;
    this.#heardAtMs = by.clock();
    this.#beatAtMs = by.clock();
    this.#channel = by.openChannel(by.name);
    this.#channel.addEventListener('message', ({ data }: MessageEvent) => this.#hear(data));
    this.#beat = setInterval(() => this.#onBeat(), beatMs);
    this.#sayFollows();
    void this.#queue({ signal: this.#queued.signal });
  }

  follow(topics: readonly Topic[]): void {
    this.#topics = topics;
    if (this.#held === null) this.#sayFollows();
    else this.#held.follows(this.#id, topics, this.#by.clock());
  }

  close(): void {
    if (this.#over) return;
    if (this.#held === null) this.#say({ kind: 'leaves', tab: this.#id });
    this.#over = true;
    clearInterval(this.#beat);
    this.#queued.abort();
    this.#stopHolding();
    this.#channel.close();
  }

  async #queue(options: LockOptions): Promise<void> {
    const { signal } = this.#queued;
    let holding = false;
    try {
      await this.#by.locks.request(this.#by.name, options, () => {
        holding = true;
        return this.#hold();
      });
    } catch {
      if (holding) this.#stopHolding();
      // It left the queue.
      if (signal.aborted) return;
      // Another took the lock from it; or the browser gives none, and the tab has a stream of its own.
      if (holding) void this.#queue({ signal });
      else void this.#hold();
    }
  }

  /** Until it is let go, or taken away. */
  #hold(): Promise<void> {
    if (this.#over) return Promise.resolve();
    const letGo = new Promise<void>((resolve) => {
      this.#letGo = resolve;
    });
    this.#holder = this.#id;
    this.#held = new HeldStream(this.#stream, { tab: this.#id, topics: this.#topics, nowMs: this.#by.clock() }, {
      onStream: (streamId) => {
        this.#say({ kind: 'stream', holder: this.#id, streamId });
        this.#take(streamId);
      },
      onTick: (topic, text) => {
        this.#say({ kind: 'tick', topic, text });
        this.#show(topic, text);
      },
      onEnd: () => {
        this.#say({ kind: 'ended' });
        this.#end();
      },
    });
    // Whoever was held by another says now what it follows.
    this.#say({ kind: 'stream', holder: this.#id, streamId: null });
    this.#take(null);
    return letGo;
  }

  #stopHolding(): void {
    this.#held?.close();
    this.#held = null;
    this.#letGo?.();
    this.#letGo = null;
    this.#heardAtMs = this.#by.clock();
  }

  #hear(data: unknown): void {
    const parsed = TabMessage.safeParse(data);
    if (!parsed.success || this.#over) return;
    const message = parsed.data;
    switch (message.kind) {
      case 'follows':
        this.#held?.follows(message.tab, message.topics, this.#by.clock());
        if (this.#held !== null) this.#say({ kind: 'stream', holder: this.#id, streamId: this.#held.streamId });
        return;
      case 'leaves':
        return this.#held?.leaves(message.tab);
      case 'stream':
        return this.#hearHolder(message.holder, message.streamId);
      case 'tick':
        return this.#show(message.topic, message.text);
      case 'ended':
        return this.#end();
    }
  }

  #hearHolder(holder: string, streamId: string | null): void {
    if (this.#held !== null) return;
    this.#heardAtMs = this.#by.clock();
    if (holder !== this.#holder) {
      this.#holder = holder;
      this.#sayFollows();
    }
    this.#take(streamId);
  }

  #take(streamId: string | null): void {
    if (streamId === this.#streamId) return;
    this.#streamId = streamId;
    if (streamId === null) this.#events.onLost();
    else this.#events.onOpen(streamId);
  }

  #show(topic: Topic | null, text: string): void {
    if (topic === null || this.#topics.includes(topic)) this.#events.onText(text);
  }

  #end(): void {
    const letGo = this.#letGo;
    this.#letGo = null;
    // The next in the queue would open a stream before it hears that there is none.
    if (letGo !== null) setTimeout(letGo, heardMs);
    this.close();
    this.#events.onEnd();
  }

  #onBeat(): void {
    const nowMs = this.#by.clock();
    // It stood still itself, and perhaps all tabs with it: what was said meanwhile is still to be heard.
    const stoodStill = nowMs - this.#beatAtMs > 2 * beatMs;
    this.#beatAtMs = nowMs;
    if (stoodStill) {
      this.#heardAtMs = nowMs;
      this.#held?.heardAll(nowMs);
      this.#sayFollows();
    }
    this.#beats += 1;
    if (this.#held !== null) {
      this.#held.follows(this.#id, this.#topics, nowMs);
      this.#held.forgetGone(nowMs);
      this.#say({ kind: 'stream', holder: this.#id, streamId: this.#held.streamId });
      return;
    }
    if (this.#beats % followsEvery === 0) this.#sayFollows();
    if (nowMs - this.#heardAtMs > silentMs + this.#by.random() * silentSpreadMs) this.#takeLock();
  }

  #takeLock(): void {
    this.#heardAtMs = this.#by.clock();
    this.#queued.abort();
    this.#queued = new AbortController();
    void this.#queue({ steal: true });
  }

  #sayFollows(): void {
    this.#say({ kind: 'follows', tab: this.#id, topics: [...this.#topics] });
  }

  #say(message: TabMessage): void {
    if (!this.#over) this.#channel.postMessage(message);
  }
}

export function shareStream(stream: TextStream, by: SharedBy): TextStream {
  let tab: SharingTab | null = null;
  return {
    open: (topics, events) => {
      const opened = new SharingTab(by, stream, topics, events);
      tab = opened;
      return () => opened.close();
    },
    follow: (_, topics) => {
      tab?.follow(topics);
      return Promise.resolve();
    },
  };
}

/**
 * Tabs of one person: a stream ends with the session that opened it, which another person's is not. Browsers have locks only on pages that
 * nobody on the way can have changed; elsewhere each tab has a stream of its own.
 */
export function sharedWhereItCan(stream: TextStream, personId: string): TextStream {
  let chosen: TextStream | null = null;
  // Asked when it is opened: a page is rendered first where there is no browser.
  const choose = (): TextStream => {
    const { locks } = navigator as { locks?: LockManager };
    chosen ??= locks === undefined ? stream : shareStream(stream, {
      name: sharedName(personId), locks, openChannel: (name) => new BroadcastChannel(name), clock: Date.now, random: Math.random,
    });
    return chosen;
  };
  return { open: (topics, events) => choose().open(topics, events), follow: (streamId, topics) => choose().follow(streamId, topics) };
}
