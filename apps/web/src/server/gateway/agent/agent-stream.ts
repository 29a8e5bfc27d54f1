// One agent's stream of states and ticks: parsed event by event, bounded, and over at the first thing that is wrong with it.
// It reads tRPC's event stream by itself: tRPC's own reader ends the process when an agent sends what is not JSON.
import { EventSource } from 'eventsource';
import type { FetchLike } from 'eventsource';
import { packTick, readTick } from '@weir/protocol';
import type { Answers, PackedTick, StreamEvent } from '@weir/protocol';
import { PanelError } from '../../errors.ts';
import { agentFailure, faultFailure } from './agent-failure.ts';
import type { AgentPlace, Deadlines } from './agent-client.ts';
import { createAllowance, metered } from './bounded-events.ts';
import type { StreamBounds, StreamTooMuch } from './bounded-events.ts';
import type { PanelKey } from '../panel-key.ts';
import { createPinnedFetch } from './pinned-fetch.ts';
import type { PinnedFetch } from './pinned-fetch.ts';

export type SaidEvent = Exclude<StreamEvent, { kind: 'tick' }>;

export interface StreamOptions {
  readonly place: AgentPlace;
  readonly panelKey: PanelKey;
  readonly deadlines: Deadlines;
  readonly bounds: StreamBounds;
  /** As the agent's version says it. */
  readonly schema: Answers['event'];
  /** The agent lives: the stream opened, an event came, or one of the pings while its forwarder is busy. */
  readonly onSign: () => void;
  readonly onTick: (tick: PackedTick) => void;
  /** What is no tick. */
  readonly onEvent: (event: SaidEvent) => void;
  /** Once, and nothing after it. Not called after `close`. */
  readonly onEnd: (error: PanelError) => void;
}

export interface AgentStream {
  close(): void;
}

/** Pings come within each silence; a large event may take some to come whole. */
const silencesMax = 3;

export function openAgentStream({ place, panelKey, deadlines, bounds, schema, onSign, onTick, onEvent, onEnd }: StreamOptions): AgentStream {
  const pinned = createPinnedFetch({
    panelKey,
    serverKeyHash: place.keyHash,
    connectDeadlineMs: deadlines.connectMs,
    answerDeadlineMs: deadlines.askMs,
    silenceMs: deadlines.silenceMs,
    answerBytesMax: null,
  });
  let over = false;
  const close = (): void => {
    over = true;
    clearTimeout(patience);
    source.close();
    void pinned.close();
  };
  const end = (error: PanelError): void => {
    if (over) return;
    close();
    onEnd(error);
  };
  const silent = (why: string): void => end(new PanelError('directorSilent', { director: place.name, why }));
  const patience = setTimeout(() => silent('nothing whole came'), deadlines.silenceMs * silencesMax);
  const lives = (): void => {
    patience.refresh();
    onSign();
  };
  const answer = (what: string): PanelError => new PanelError('directorAnswer', { director: place.name, what });
  const source = new EventSource(`https://${place.address}/stream`, {
    fetch: streamFetch(pinned, bounds, (error) => end(answer(error.message)), (error) => end(agentFailure(place.name, error))),
  });
  const mayRead = createAllowance(bounds.ticksPerSecondMax, Date.now);
  let before: PackedTick | null = null;
  source.addEventListener('message', ({ data }) => {
    if (over) return;
    if (isTick(data) && !mayRead(1)) return lives();
    const event = parseEvent(schema, data, before);
    if (typeof event === 'string') return end(answer(event));
    lives();
    if (!('sample' in event)) return onEvent(event);
    before = event;
    onTick(event);
  });
  for (const sign of ['connected', 'ping']) source.addEventListener(sign, () => over || lives());
  source.addEventListener('serialized-error', ({ data }) => end(faultFailure(place.name, data)));
  source.addEventListener('return', () => silent('the stream ended'));
  source.addEventListener('error', ({ message, code }) => silent(message ?? (code === undefined ? 'the stream broke' : `HTTP ${code}`)));
  return { close };
}

/** As agents write one; what is written otherwise is found out by reading it. */
function isTick(text: unknown): boolean {
  return String(text).startsWith('{"kind":"tick"');
}

/** The event, or what is wrong with it. Ticks, which are alike in all versions, come too often for a schema: it says what is wrong with one that is refused. */
function parseEvent(schema: Answers['event'], text: unknown, before: PackedTick | null): PackedTick | SaidEvent | string {
  try {
    const quickly = before === null ? null : readTick(String(text), before);
    if (quickly !== null) return quickly;
    const event = JSON.parse(String(text)) as unknown;
    const tick = packTick(event, before?.sample.layout ?? null);
    // Or more of them would be read than may be.
    if (tick !== null) return isTick(text) ? tick : 'a tick that does not begin as one';
    const parsed = schema.safeParse(event);
    if (parsed.success) return parsed.data.kind === 'tick' ? 'a tick that is not read' : parsed.data;
    const [issue] = parsed.error.issues;
    return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`;
  } catch {
    return 'not JSON';
  }
}

function streamFetch(
  { fetch }: PinnedFetch, bounds: StreamBounds, onTooMuch: (error: StreamTooMuch) => void, onFailure: (error: unknown) => void,
): FetchLike {
  return async (url, init) => {
    try {
      const { status, redirected, headers, body, url: answered } = await fetch(url, { headers: init.headers, signal: init.signal as AbortSignal });
      return { status, redirected, headers, url: answered, body: body === null ? null : metered(body, bounds, onTooMuch) };
    } catch (error) {
      onFailure(error);
      throw error;
    }
  };
}
