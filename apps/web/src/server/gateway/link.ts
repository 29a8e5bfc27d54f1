// The panel's link to one director: dials it, follows its stream, and dials again when it is lost.
import { answersOf } from '@weir/protocol';
import type { Answers, HealthChangesEvent, PackedSample } from '@weir/protocol';
import { PanelError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { AgentClient, AgentPlace, Deadlines, HelloAnswer, StateAnswer } from './agent/agent-client.ts';
import { agentFailure, otherVersion } from './agent/agent-failure.ts';
import { openAgentStream } from './agent/agent-stream.ts';
import type { AgentStream, SaidEvent } from './agent/agent-stream.ts';
import { createBackoff } from './backoff.ts';
import type { Backoff } from './backoff.ts';
import type { StreamBounds } from './agent/bounded-events.ts';
import type { LinkState, LinkView } from './director-view.ts';
import { HeardHealth } from './heard-health.ts';
import type { PanelKey } from './panel-key.ts';

export interface LinkOptions {
  readonly directorId: string;
  readonly place: AgentPlace;
  readonly panelKey: PanelKey;
  readonly client: AgentClient;
  readonly deadlines: Deadlines;
  readonly bounds: StreamBounds;
  readonly retry: { readonly firstMs: number; readonly maxMs: number };
  /** Also when the agent's state came anew. */
  readonly onChange: (state: LinkState) => void;
  readonly onSample: (bootId: string, sample: PackedSample) => void;
  readonly onHealthChanges: (event: HealthChangesEvent) => void;
}

// A link that lasts less has not earned a quick next try: agents that flood are dropped and come back.
const settledMs = 10_000;

export class Link {
  readonly #options: LinkOptions;
  readonly #backoff: Backoff;
  #view: LinkView = { state: 'connecting', since: Date.now(), lastSeenAt: null, error: null };
  #hello: HelloAnswer | null = null;
  #state: StateAnswer | null = null;
  /** Whether that is of this connection: before a director is heard again it may be another one. */
  #stateIsNew = false;
  readonly #health = new HeardHealth();
  #stream: AgentStream | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#backoff = createBackoff({ ...options.retry, random: Math.random });
    void this.#dial();
  }

  get view(): LinkView {
    return this.#view;
  }

  get hello(): HelloAnswer | null {
    return this.#hello;
  }

  get state(): StateAnswer | null {
    return this.#state;
  }

  /** How real servers stand, as the agent last said. */
  get health(): HeardHealth {
    return this.#health;
  }

  /** Null where the agent is not connected, or is again and has not said it yet. */
  get stateNow(): StateAnswer | null {
    return this.#view.state === 'connected' && this.#stateIsNew ? this.#state : null;
  }

  /** What the agent said of itself in answer to an order; its stream says the same a moment later. */
  learn(state: StateAnswer): void {
    this.#state = state;
    this.#stateIsNew = true;
    this.#options.onChange(this.#view.state);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stream?.close();
  }

  async #dial(): Promise<void> {
    const { directorId, place, client } = this.#options;
    try {
      const hello = await client.hello();
      if (hello.directorId !== directorId) throw new PanelError('directorAnswer', { director: place.name, what: `it is director ${hello.directorId}` });
      const answers = answersOf(hello.version);
      if (answers === null) throw otherVersion(place.name, hello.version);
      this.#hello = hello;
      this.#listen(answers);
    } catch (error) {
      this.#fail(agentFailure(place.name, error));
    }
  }

  #listen({ event: schema }: Answers): void {
    if (this.#closed) return;
    const { place, panelKey, deadlines, bounds } = this.#options;
    this.#stateIsNew = false;
    this.#stream = openAgentStream({
      place, panelKey, deadlines, bounds, schema,
      onSign: () => this.#seen(),
      onTick: ({ bootId, sample }) => this.#options.onSample(bootId, sample),
      onEvent: (event) => this.#take(event),
      onEnd: (error) => this.#fail(error),
    });
  }

  #seen(): void {
    this.#view = { ...this.#view, lastSeenAt: Date.now() };
    if (this.#view.state !== 'connected') this.#enter('connected', null);
  }

  #take(event: SaidEvent): void {
    if (event.kind === 'health') return this.#health.take(event);
    if (event.kind === 'healthChanges') return this.#options.onHealthChanges(event);
    this.#state = event.state;
    this.#stateIsNew = true;
    this.#enter('connected', null);
  }

  #fail(error: PanelError): void {
    if (this.#closed) return;
    if (this.#view.state === 'connected' && Date.now() - this.#view.since >= settledMs) this.#backoff.reset();
    this.#stream = null;
    this.#enter(stateFor(error), error);
    this.#timer = setTimeout(() => void this.#dial(), this.#backoff.nextMs());
  }

  #enter(state: LinkState, error: PanelError | null): void {
    const changed = this.#view.state !== state;
    this.#view = {
      state,
      since: changed ? Date.now() : this.#view.since,
      lastSeenAt: this.#view.lastSeenAt,
      error: error === null ? null : { code: error.code, params: error.params },
    };
    this.#options.onChange(state);
  }
}

const stateOfError: Partial<Record<ErrorCode, LinkState>> = {
  directorKeyMismatch: 'wrongKey', directorVersion: 'versionMismatch', directorRefused: 'refused',
};

function stateFor({ code }: PanelError): LinkState {
  return stateOfError[code] ?? 'silent';
}
