// The stream as the tab has it that holds it for all: follows what any of them follows.
import { Topic, topicsMax } from '../../../live/topic.ts';
import type { TextStream } from '../panel-stream.ts';

export interface HeldEvents {
  /** Null: lost, and tried again by itself. */
  onStream: (streamId: string | null) => void;
  /** Null: of a topic that this page cannot read. */
  onTick: (topic: Topic | null, text: string) => void;
  onEnd: () => void;
}

interface Follower {
  readonly topics: readonly Topic[];
  readonly heardAtMs: number;
}

/** Tabs say what they follow each 10 s; one that is silent for so long is gone. */
const goneAfterMs = 35_000;

export class HeldStream {
  readonly #stream: TextStream;
  readonly #events: HeldEvents;
  readonly #followers = new Map<string, Follower>();
  readonly #close: () => void;
  /** What the panel was told when the stream began, and begins with each time it comes back. */
  readonly #first: readonly Topic[];
  #told: readonly Topic[];
  #telling = false;
  #streamId: string | null = null;
  #over = false;

  constructor(stream: TextStream, own: { readonly tab: string; readonly topics: readonly Topic[]; readonly nowMs: number }, events: HeldEvents) {
    this.#stream = stream;
    this.#events = events;
    this.#followers.set(own.tab, { topics: own.topics, heardAtMs: own.nowMs });
    this.#first = this.#wanted();
    this.#told = this.#first;
    this.#close = stream.open(this.#first, {
      onOpen: (streamId) => {
        this.#told = this.#first;
        this.#say(streamId);
        void this.#tell();
      },
      onText: (text) => events.onTick(topicOf(text), text),
      onLost: () => this.#say(null),
      onEnd: () => this.#end(),
    });
  }

  get streamId(): string | null {
    return this.#streamId;
  }

  follows(tab: string, topics: readonly Topic[], nowMs: number): void {
    this.#followers.set(tab, { topics, heardAtMs: nowMs });
    void this.#tell();
  }

  leaves(tab: string): void {
    this.#followers.delete(tab);
    void this.#tell();
  }

  /** Nobody could say anything: what was said before is as of now. */
  heardAll(nowMs: number): void {
    for (const [tab, { topics }] of this.#followers) this.#followers.set(tab, { topics, heardAtMs: nowMs });
  }

  forgetGone(nowMs: number): void {
    for (const [tab, { heardAtMs }] of this.#followers) if (nowMs - heardAtMs > goneAfterMs) this.leaves(tab);
  }

  close(): void {
    this.#over = true;
    this.#close();
  }

  #say(streamId: string | null): void {
    this.#streamId = streamId;
    this.#events.onStream(streamId);
  }

  #end(): void {
    if (this.#over) return;
    this.close();
    this.#events.onEnd();
  }

  #wanted(): readonly Topic[] {
    return [...new Set([...this.#followers.values()].flatMap(({ topics }) => topics))].slice(0, topicsMax);
  }

  /** One at a time: what arrives last at the panel is what is followed now. */
  async #tell(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    for (let wanted = this.#wanted(); this.#streamId !== null && !this.#over && !same(wanted, this.#told); wanted = this.#wanted()) {
      const streamId = this.#streamId;
      this.#told = wanted;
      try {
        await this.#stream.follow(streamId, wanted);
      } catch {
        // Not this session's any more, or gone: begun anew it is again. One that came back meanwhile is told by the next round.
        if (this.#streamId === streamId) this.#end();
      }
    }
    this.#telling = false;
  }
}

function same(a: readonly Topic[], b: readonly Topic[]): boolean {
  return a.length === b.length && a.every((topic) => b.includes(topic));
}

function topicOf(text: string): Topic | null {
  try {
    return Topic.parse(Object(JSON.parse(text))['topic']);
  } catch {
    return null;
  }
}
