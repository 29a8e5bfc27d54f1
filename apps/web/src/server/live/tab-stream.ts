// One browser tab's stream. It holds the newest tick of each topic and no more: a slow client skips ticks.
import type { LiveEvent, Topic } from '../../live/topic.ts';

export class TabStream {
  readonly id: string;
  readonly personId: string;
  readonly sessionId: string;
  #topics: ReadonlySet<Topic>;
  readonly #waiting = new Map<Topic, string>();
  #wake: (() => void) | null = null;
  #over = false;

  constructor(who: { readonly id: string; readonly personId: string; readonly sessionId: string }, topics: readonly Topic[]) {
    this.id = who.id;
    this.personId = who.personId;
    this.sessionId = who.sessionId;
    this.#topics = new Set(topics);
  }

  get topics(): ReadonlySet<Topic> {
    return this.#topics;
  }

  follow(topics: readonly Topic[]): void {
    this.#topics = new Set(topics);
    for (const topic of this.#waiting.keys()) if (!this.#topics.has(topic)) this.#waiting.delete(topic);
  }

  /** False: it does not follow that. */
  offer(topic: Topic, text: string): boolean {
    if (!this.#topics.has(topic)) return false;
    this.#waiting.set(topic, text);
    this.#wake?.();
    return true;
  }

  end(): void {
    this.#over = true;
    this.#waiting.clear();
    this.#wake?.();
  }

  async *events(): AsyncGenerator<LiveEvent, void, void> {
    yield { kind: 'open', streamId: this.id };
    while (!this.#over) {
      const next = this.#waiting.entries().next();
      if (next.done === true) await this.#something();
      else {
        const [topic, text] = next.value;
        this.#waiting.delete(topic);
        yield text;
      }
    }
  }

  #something(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null;
        resolve();
      };
    });
  }
}
