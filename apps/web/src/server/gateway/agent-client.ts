// Asks one agent: typed by its router, every answer parsed all the same, every call with a deadline. Throws only PanelErrors.
import { createTRPCClient, httpLink } from '@trpc/client';
import type { getFetch } from '@trpc/client';
import type { AgentRouter } from '@weir/agent';
import type { Override } from '@weir/model';
import { ApplyOutput, ApplyStatus, DirectorState, Hello, PlanOutput, PROTOCOL_VERSION } from '@weir/protocol';
import type { ApplyInput, EnrolInput, KeyHash, PlanInput } from '@weir/protocol';
import { z } from 'zod';
import { PanelError } from '../errors.ts';
import { agentFailure } from './agent-failure.ts';
import type { PanelKey } from './panel-key.ts';
import { createPinnedFetch } from './pinned-fetch.ts';
import type { PinnedFetch } from './pinned-fetch.ts';

/** Where an agent is, and how people call it. */
export interface AgentPlace {
  /** The director's name, or the address while it has none. */
  readonly name: string;
  readonly address: string;
  readonly keyHash: KeyHash;
}

export interface Deadlines {
  readonly connectMs: number;
  readonly askMs: number;
  readonly planMs: number;
  readonly applyMs: number;
  /** How long a stream may say nothing. */
  readonly silenceMs: number;
}

/** Planning and applying grow with the table; the largest known has 37,205 real servers. */
export const usualDeadlines: Deadlines = { connectMs: 3_000, askMs: 5_000, planMs: 15_000, applyMs: 120_000, silenceMs: 6_000 };

export type HelloAnswer = z.infer<typeof Hello>;
type Plan = z.infer<typeof PlanOutput>;
export type StateAnswer = z.infer<typeof DirectorState>;

export interface AgentClient {
  enrol(input: z.input<typeof EnrolInput>): Promise<HelloAnswer>;
  hello(): Promise<HelloAnswer>;
  plan(input: z.input<typeof PlanInput>): Promise<Plan>;
  apply(input: ApplyInput): Promise<ApplyOutput>;
  applyStatus(applyId: string): Promise<ApplyStatus>;
  state(): Promise<StateAnswer>;
  /** Comes back when the override is on the agent's disk, and the agent has tried to forward by it. */
  setOverride(override: Override): Promise<StateAnswer>;
  endOverride(overrideId: string): Promise<StateAnswer>;
  close(): Promise<void>;
}

// A plan for the largest known table has about 30 MB.
const answerBytesMax = 64 * 1_024 * 1_024;

export function createAgentClient(place: AgentPlace, panelKey: PanelKey, deadlines: Deadlines): AgentClient {
  const pinned = createPinnedFetch({
    panelKey,
    serverKeyHash: place.keyHash,
    connectDeadlineMs: deadlines.connectMs,
    answerDeadlineMs: deadlines.applyMs,
    silenceMs: deadlines.planMs,
    answerBytesMax,
  });
  const client = createTRPCClient<AgentRouter>({ links: [httpLink({ url: `https://${place.address}`, fetch: trpcFetch(pinned) })] });

  async function ask<T>(schema: z.ZodType<T>, deadlineMs: number, call: (options: { signal: AbortSignal }) => Promise<unknown>): Promise<T> {
    try {
      return schema.parse(await call({ signal: AbortSignal.timeout(deadlineMs) }));
    } catch (error) {
      throw agentFailure(place.name, error);
    }
  }

  const { connectMs, askMs, planMs, applyMs } = deadlines;
  return {
    enrol: (input) => ask(Hello, connectMs + askMs, (options) => client.enrol.mutate(input, options)),
    hello: async () => {
      const answer = await ask(AnyHello, connectMs + askMs, (options) => client.hello.query(undefined, options));
      refuseOtherVersion(place, answer.version);
      return ask(Hello, 0, () => Promise.resolve(answer));
    },
    plan: (input) => ask(PlanOutput, connectMs + planMs, (options) => client.plan.mutate(input, options)),
    apply: (input) => ask(ApplyOutput, connectMs + applyMs, (options) => client.applyChange.mutate(input, options)),
    applyStatus: (applyId) => ask(ApplyStatus, connectMs + askMs, (options) => client.applyStatus.query({ applyId }, options)),
    state: () => ask(DirectorState, connectMs + planMs, (options) => client.state.query(undefined, options)),
    setOverride: (override) => ask(DirectorState, connectMs + planMs, (options) => client.setOverride.mutate({ override }, options)),
    endOverride: (overrideId) => ask(DirectorState, connectMs + planMs, (options) => client.endOverride.mutate({ overrideId }, options)),
    close: () => pinned.close(),
  };
}

/** What every version says in its hello: enough to tell that it is another one. */
const AnyHello = z.looseObject({ version: z.int().min(0) });

function refuseOtherVersion({ name }: AgentPlace, version: number): void {
  if (version !== PROTOCOL_VERSION) throw new PanelError('directorVersion', { director: name, panel: PROTOCOL_VERSION, agent: version });
}

const oddEscape = /\\u(?:0000|d[89a-f])/i;

/** PostgreSQL keeps neither a zero byte nor half of a surrogate pair: an answer that could not be written down would be no answer. */
function readableJson(text: string): unknown {
  if (!oddEscape.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? value.replaceAll(/[\0\p{Cs}]/gu, '\uFFFD') : value));
}

/** httpLink sends and reads text only; its types also allow what undici has no type for. */
function trpcFetch({ fetch }: PinnedFetch): ReturnType<typeof getFetch> {
  return async (input, init) => {
    const answer = await fetch(typeof input === 'string' || input instanceof URL ? input : input.url, {
      ...(init?.method !== undefined && { method: init.method }),
      ...(init?.signal != null && { signal: init.signal }),
      ...(typeof init?.body === 'string' && { body: init.body }),
      headers: { 'content-type': 'application/json' },
    });
    return { ok: answer.ok, json: async () => readableJson(await answer.text()) };
  };
}
