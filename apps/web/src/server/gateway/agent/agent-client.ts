// Asks one agent: typed by its router, every answer parsed all the same as its version says it, every call with a deadline. Throws only PanelErrors.
import { createTRPCClient, httpLink } from '@trpc/client';
import type { getFetch } from '@trpc/client';
import type { AgentRouter } from '@weir/agent';
import type { ConnectionList, Drain, Finding, Followed, Override, Recent } from '@weir/model';
import { answersOf, decodeRecent, definitionFor, HOST_SHOWN_MAX, namesHealth, PROTOCOL_VERSION, Released, since, Zeroed } from '@weir/protocol';
import type {
  ActualReading, ApplyInput, ApplyOutput, ApplyStatus, Confirmation, ConnectionsInput, DirectorState, EnrolInput, EvidenceInput, FollowInput, HealthEvidence, Hello, Inspection, JournalAnswer, JournalCommitted, JournalCommittedInput, JournalInput, KeyHash, PlanInput, PlanOutput, RecentInput, ZeroInput,
} from '@weir/protocol';
import { PanelError } from '../../errors.ts';
import { otherVersionIn } from './agent-failure.ts';
import { createConversation } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import type { PanelKey } from '../panel-key.ts';
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

type Enrolment = Omit<EnrolInput, 'version'>;
export type HelloAnswer = Hello;
export type StateAnswer = DirectorState;

export interface AgentClient {
  /** In the version that the agent speaks. */
  enrol(input: Enrolment): Promise<HelloAnswer>;
  hello(): Promise<HelloAnswer>;
  /** It obeys this panel no more. */
  release(directorId: string): Promise<void>;
  plan(input: PlanInput): Promise<PlanOutput>;
  apply(input: ApplyInput): Promise<ApplyOutput>;
  applyStatus(applyId: string): Promise<ApplyStatus>;
  /** What holds then; null where it knows of no such change. */
  confirm(applyId: string): Promise<Confirmation | null>;
  goBack(applyId: string): Promise<Confirmation | null>;
  state(): Promise<StateAnswer>;
  /** What it forwards now, all of it. */
  actual(): Promise<ActualReading>;
  connections(input: ConnectionsInput): Promise<ConnectionList>;
  /** Where a client's next connection would go. */
  follow(input: FollowInput): Promise<Followed>;
  inspect(): Promise<Inspection>;
  /** Why a real server stands as it does there. */
  evidence(realServer: EvidenceInput): Promise<HealthEvidence>;
  /** Of one service that it has accepted, or of everything. */
  zero(service: ZeroInput['service']): Promise<void>;
  /** Comes back when the override is on the agent's disk, and the agent has tried to forward by it. */
  setOverride(override: Override): Promise<StateAnswer>;
  endOverride(overrideId: string): Promise<StateAnswer>;
  /** Comes back when the drain is on the agent's disk. An agent of version 2 drains nothing. */
  startDrain(drain: Drain): Promise<StateAnswer>;
  endDrain(drainId: string): Promise<StateAnswer>;
  /** What an agent of version 3 measured and kept; it forgets of it what it is told is written down. */
  journal(input: JournalInput): Promise<JournalAnswer>;
  journalCommitted(input: JournalCommittedInput): Promise<JournalCommitted>;
  /** The last minutes, second by second, as an agent of version 3 remembers them. */
  recent(input: RecentInput): Promise<Recent>;
  close(): Promise<void>;
}

/** The plan that an older agent makes, with what it leaves out of the definition. */
function asTold(version: number, { definition }: PlanInput, plan: PlanOutput): PlanOutput {
  if (version >= since.health || definition === null) return plan;
  const unchecked = definition.services.flatMap(({ health }, s): Finding[] => (
    health === undefined ? [] : [{ code: 'agentTooOldForHealth', severity: 'warning', path: ['services', s], params: { version } }]));
  return { ...plan, findings: [...plan.findings, ...unchecked].slice(0, HOST_SHOWN_MAX) };
}

function wordedFor<TInput extends PlanInput>(version: number, input: TInput): TInput {
  return input.definition === null ? input : { ...input, definition: definitionFor(version, input.definition) };
}

/** Only where it matters: who is asked for what every version knows must not need to answer twice. */
async function versionFor(meet: Conversation['meet'], { definition }: PlanInput): Promise<number> {
  return definition === null || !namesHealth(definition) ? PROTOCOL_VERSION : (await meet()).hello.version;
}

async function mustSpeak(version: number, meet: Conversation['meet'], { name }: AgentPlace): Promise<void> {
  if ((await meet()).hello.version < version) throw new PanelError('agentTooOld', { director: name });
}

/** Without groups, of which an older agent makes none: then its list says so. A network that it does not know would be a larger answer than was asked for. */
async function connectionsFor(input: ConnectionsInput, meet: Conversation['meet'], place: AgentPlace): Promise<ConnectionsInput> {
  const { groupBy, ...rest } = input;
  if (input.filter?.network !== undefined) await mustSpeak(since.groups, meet, place);
  return groupBy === undefined || (await meet()).hello.version >= since.groups ? input : rest;
}

// A plan for the largest known table has about 30 MB.
const answerBytesMax = 64 * 1_024 * 1_024;

function pinnedTo({ keyHash }: AgentPlace, panelKey: PanelKey, { connectMs, applyMs, planMs }: Deadlines): PinnedFetch {
  return createPinnedFetch({ panelKey, serverKeyHash: keyHash, connectDeadlineMs: connectMs, answerDeadlineMs: applyMs, silenceMs: planMs, answerBytesMax });
}

export function createAgentClient(place: AgentPlace, panelKey: PanelKey, deadlines: Deadlines): AgentClient {
  const pinned = pinnedTo(place, panelKey, deadlines);
  const client = createTRPCClient<AgentRouter>({ links: [httpLink({ url: `https://${place.address}`, fetch: trpcFetch(pinned) })] });
  const { connectMs, askMs, planMs, applyMs } = deadlines;
  const { ask, meet, answer } = createConversation(place, { connectMs, askMs }, (options) => client.hello.query(undefined, options));
  const enrolIn = async (version: number, input: Enrolment): Promise<HelloAnswer> => (await meet((options) => client.enrol.mutate({ version, ...input }, options))).hello;
  return {
    enrol: (input) => enrolIn(PROTOCOL_VERSION, input).catch((error: unknown) => {
      const version = otherVersionIn(error);
      if (version === null || answersOf(version) === null) throw error;
      return enrolIn(version, input);
    }),
    hello: async () => (await meet()).hello,
    release: (directorId) => ask(Released, connectMs + askMs, (options) => client.release.mutate({ directorId }, options)).then(() => undefined),
    plan: async (input) => {
      const version = await versionFor(meet, input);
      const plan = await answer((said) => said.plan, planMs, (options) => client.plan.mutate(wordedFor(version, input), options));
      return asTold(version, input, plan);
    },
    apply: async (input) => {
      const version = await versionFor(meet, input);
      const output = await answer((said) => said.apply, applyMs, (options) => client.applyChange.mutate(wordedFor(version, input), options));
      return output.kind === 'refused' ? { ...output, plan: asTold(version, input, output.plan) } : output;
    },
    confirm: async (applyId) => (await answer(({ confirm }) => confirm, askMs, (options) => client.confirm.mutate({ applyId }, options))).confirmation,
    goBack: async (applyId) => (await answer(({ confirm }) => confirm, applyMs, (options) => client.goBack.mutate({ applyId }, options))).confirmation,
    applyStatus: (applyId) => answer(({ applyStatus }) => applyStatus, askMs, (options) => client.applyStatus.query({ applyId }, options)),
    state: () => answer(({ state }) => state, planMs, (options) => client.state.query(undefined, options)),
    actual: () => answer(({ actual }) => actual, planMs, (options) => client.actual.query(undefined, options)),
    connections: (input) => connectionsFor(input, meet, place).then((asked) => (
      answer(({ connections }) => connections, planMs, (options) => client.connections.query(asked, options)))),
    follow: (input) => mustSpeak(since.follow, meet, place).then(() => answer(({ followed }) => followed, planMs, (options) => client.follow.query(input, options))),
    inspect: () => answer(({ inspection }) => inspection, planMs, (options) => client.inspect.query(undefined, options)),
    evidence: (realServer) => mustSpeak(since.health, meet, place).then(() => (
      answer(({ evidence }) => evidence, askMs, (options) => client.healthEvidence.query(realServer, options)))),
    zero: async (service) => {
      await ask(Zeroed, connectMs + askMs, (options) => client.zero.mutate({ service }, options));
    },
    setOverride: (override) => answer(({ state }) => state, planMs, (options) => client.setOverride.mutate({ override }, options)),
    endOverride: (overrideId) => answer(({ state }) => state, planMs, (options) => client.endOverride.mutate({ overrideId }, options)),
    startDrain: (drain) => mustSpeak(since.drain, meet, place).then(() => (
      answer(({ state }) => state, planMs, (options) => client.startDrain.mutate({ drain }, options)))),
    endDrain: (drainId) => answer(({ state }) => state, planMs, (options) => client.endDrain.mutate({ drainId }, options)),
    journal: (input) => answer(({ journal }) => journal, planMs, (options) => client.journal.query(input, options)),
    journalCommitted: (input) => answer(({ journalCommitted }) => journalCommitted, askMs, (options) => client.journalCommitted.mutate(input, options)),
    recent: async (input) => decodeRecent(await answer(({ recent }) => recent, askMs, (options) => client.recent.query(input, options))),
    close: () => pinned.close(),
  };
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
