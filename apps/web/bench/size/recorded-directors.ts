// Directors that play a recording, a process of their own: real TLS, real keys, the agent's own event stream, and next to no work.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { JournalCommittedInput } from '@weir/protocol';
import type { AcceptedRevision, DirectorState } from '@weir/protocol';
import { bodyOf, result, startFalseAgent } from '../../src/server/testing/agents/false-agent.ts';
import type { Size } from './addresses.ts';
import { journalAnswer, recordInterval } from './recorded-journal.ts';
import { played, record } from './recording.ts';

/** `flood`: as fast as it is taken. `brisk`: just below what cuts a director off. `drip`: some bytes a second, no whole tick ever. `hang`: takes the call and says nothing. */
export type Fault = 'flood' | 'brisk' | 'drip' | 'hang';

/** `hold`: it has accepted the cluster of that number. `fail`: its stream begins anew, and is so from then on. */
export type DirectorOrder =
  | { readonly kind: 'start'; readonly count: number; readonly size: Size; readonly seconds: number }
  | { readonly kind: 'hold'; readonly index: number; readonly cluster: number; readonly accepted: AcceptedRevision }
  | { readonly kind: 'fail'; readonly faults: readonly (readonly [index: number, fault: Fault])[] }
  | { readonly kind: 'tell' };

export interface DirectorsTold { readonly cpuSeconds: number; readonly ticks: number }

interface Playing {
  readonly code: string;
  cluster: number;
  accepted: readonly AcceptedRevision[];
  stream: ServerResponse | null;
  fault: Fault | null;
  sinceMs: number;
}

const briskMs = 1_000 / 45;
const dripBytes = 200;

let recorded: readonly string[] = [];
let interval = '';
let second = 0;
/** The second that is being told of. */
let dueMs = 0;
let ticks = 0;
const directors: Playing[] = [];

/** As long as those of agents, which are UUIDs. Played to the end the recording begins anew, as after a restart of the agent. */
function bootId(): string {
  return `00000000-0000-4000-8000-${String(Math.floor(second / recorded.length)).padStart(12, '0')}`;
}

function stateOf({ accepted }: Playing): string {
  const state: DirectorState = { accepted: [...accepted], overrides: [], drift: [], driftCount: 0, driftSinceMs: null, unconfirmed: [], drains: [], host: null, readAtMs: Date.now() };
  return `id: state\ndata: ${JSON.stringify({ kind: 'state', bootId: bootId(), state })}\n\n`;
}

function tickOf(director: Playing): string {
  return played(recorded[second % recorded.length] ?? '', { cluster: director.cluster, bootId: bootId(), sequence: second + 1, measuredAtMs: dueMs });
}

async function flood(director: Playing, stream: ServerResponse): Promise<void> {
  const text = tickOf(director);
  while (!stream.closed && director.fault === 'flood') {
    // Where it is closed in the meantime, nobody waits any more.
    if (!stream.write(text)) await new Promise((resolve) => { stream.once('drain', resolve); });
    else await new Promise((resolve) => { setImmediate(resolve); });
  }
}

function drip(director: Playing, stream: ServerResponse): void {
  const text = tickOf(director);
  let at = 0;
  const timer = setInterval(() => {
    stream.write(text.slice(at, at + dripBytes));
    at += dripBytes;
  }, 1_000);
  stream.once('close', () => clearInterval(timer));
}

function begin(director: Playing, stream: ServerResponse): void {
  if (director.fault === 'hang') return;
  stream.writeHead(200, { 'content-type': 'text/event-stream' });
  stream.write(`event: connected\ndata: {}\n\n${stateOf(director)}`);
  director.stream = stream;
  stream.once('close', () => { if (director.stream === stream) director.stream = null; });
  if (director.fault === 'flood') void flood(director, stream);
  if (director.fault === 'drip') drip(director, stream);
  if (director.fault === 'brisk') {
    const timer = setInterval(() => stream.write(tickOf(director)), briskMs);
    stream.once('close', () => clearInterval(timer));
  }
}

/** Of one that has accepted nothing yet it is empty. */
function journal({ accepted, cluster, sinceMs }: Playing, response: ServerResponse, address: string): void {
  const [held] = accepted;
  if (held === undefined) return result(response, { journalId: 'recorded', intervals: [], dropped: null, more: false });
  response.setHeader('content-type', 'application/json');
  response.end(journalAnswer(interval, { address, cluster: { number: cluster, id: held.clusterId }, sinceMs }));
}

async function committed(response: ServerResponse, request: IncomingMessage): Promise<void> {
  const { journalId, sequence } = JournalCommittedInput.parse(JSON.parse(await bodyOf(request)));
  result(response, { journalId, committed: sequence });
}

async function start({ count, size, seconds }: { readonly count: number; readonly size: Size; readonly seconds: number }): Promise<readonly string[]> {
  recorded = record(size, seconds);
  interval = recordInterval(size);
  for (let index = 0; index < count; index += 1) {
    const director: Playing = { code: '', cluster: 0, accepted: [], stream: null, fault: null, sinceMs: Date.now() };
    const { code } = await startFalseAgent({
      stream: (response) => begin(director, response),
      journal: (response, { url }) => journal(director, response, url ?? ''),
      journalCommitted: committed,
    });
    directors.push(Object.assign(director, { code }));
  }
  onTheSecond();
  return directors.map(({ code }) => code);
}

/** As agents do. A timer may come a moment early: the next second is another one all the same. */
function onTheSecond(): void {
  const nowMs = Date.now();
  const nextMs = (Math.floor(Math.max(nowMs, dueMs) / 1_000) + 1) * 1_000;
  setTimeout(() => {
    dueMs = nextMs;
    onTheSecond();
    second += 1;
    for (const director of directors) {
      if (director.stream === null || director.fault !== null || director.cluster === 0) continue;
      director.stream.write(tickOf(director));
      ticks += 1;
    }
  }, nextMs - nowMs);
}

function hold(director: Playing, cluster: number, accepted: AcceptedRevision): void {
  director.cluster = cluster;
  director.accepted = [accepted];
  director.sinceMs = Date.now();
  director.stream?.write(stateOf(director));
}

async function obey(order: DirectorOrder): Promise<void> {
  if (order.kind === 'start') process.send?.(await start(order));
  else if (order.kind === 'tell') {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuSeconds: (user + system) / 1_000_000, ticks } satisfies DirectorsTold);
  } else if (order.kind === 'hold') {
    const director = directors[order.index];
    if (director !== undefined) hold(director, order.cluster, order.accepted);
  } else {
    for (const [index, fault] of order.faults) {
      const director = directors[index];
      if (director === undefined) continue;
      director.fault = fault;
      director.stream?.destroy();
    }
  }
}

process.on('message', (order: DirectorOrder) => void obey(order));
process.on('disconnect', () => process.exit());
