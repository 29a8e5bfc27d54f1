// An agent of an older version: answers over real TLS what a real one answered when it was recorded.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, startFalseAgent } from './false-agent.ts';
import type { Answering, FalseAgent } from './false-agent.ts';

export const recordedVip = '127.0.8.200';
export const recordedRealServers = ['127.0.8.20', '127.0.8.30', '127.0.8.40'];
const recordedIds = { directorId: 'director-1', clusterId: 'cluster-1' };

export interface RecordedAgent extends FalseAgent {
  /** The cluster of the panel that takes the place of the recorded one. */
  clusterId: string;
  /** The versions in which it was asked to enrol, in order. */
  readonly enrolledIn: number[];
}

function recorded(name: string): Promise<string> {
  return readFile(new URL(`../../../../../../packages/protocol/src/fixtures/v2/${name}.json`, import.meta.url), 'utf8');
}

function sent(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

const answerFiles: Readonly<Record<string, string>> = {
  hello: 'hello', inspect: 'inspect', state: 'state', actual: 'actual', applyStatus: 'apply-status-unknown', setOverride: 'set-override', connections: 'connections',
};

/** Of version 2. Its cluster is applied, has an override, and drifts. */
export async function startRecordedAgent(): Promise<RecordedAgent> {
  const ids = { ...recordedIds };
  const asIts = (text: string): string => text.replaceAll(recordedIds.directorId, ids.directorId).replaceAll(recordedIds.clusterId, ids.clusterId);
  const enrolledIn: number[] = [];
  const answers: Record<string, Answering> = Object.fromEntries(Object.entries(answerFiles).map(([procedure, file]): [string, Answering] => (
    [procedure, async (response) => sent(response, asIts(await recorded(file)))])));
  const agent = await startFalseAgent({ ...answers, enrol, plan, applyChange, stream });

  async function enrol(response: ServerResponse, request: IncomingMessage): Promise<void> {
    const { version, directorId } = JSON.parse(await bodyOf(request)) as { version: number; directorId: string };
    enrolledIn.push(version);
    if (version === 2) {
      ids.directorId = directorId;
      return sent(response, asIts(await recorded('enrol')));
    }
    const { versionMismatch } = JSON.parse(await recorded('refusals')) as { versionMismatch: unknown };
    return sent(response, JSON.stringify(versionMismatch), 412);
  }

  /** Of its definition it knows what it knew then. */
  async function plan(response: ServerResponse, request: IncomingMessage): Promise<void> {
    const { definition } = JSON.parse(await bodyOf(request)) as { definition: { services: object[] } | null };
    if (definition === null || definition.services.every((service) => !('health' in service))) return sent(response, asIts(await recorded('plan')));
    const { badRequest } = JSON.parse(await recorded('refusals')) as { badRequest: unknown };
    return sent(response, JSON.stringify(badRequest), 400);
  }

  async function applyChange(response: ServerResponse, request: IncomingMessage): Promise<void> {
    const { applyId } = JSON.parse(await bodyOf(request)) as { applyId: string };
    const text = await recorded('apply');
    const { result: { data: { report } } } = JSON.parse(text) as { result: { data: { report: { applyId: string } } } };
    sent(response, asIts(text.replaceAll(report.applyId, applyId)));
  }

  async function stream(response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'text/event-stream');
    response.write('event: connected\ndata: {}\n\n');
    const events = JSON.parse(asIts(await recorded('stream'))) as unknown[];
    for (const [index, event] of events.entries()) response.write(`id: ${index}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  return {
    ...agent,
    enrolledIn,
    get clusterId() { return ids.clusterId; },
    set clusterId(clusterId) { ids.clusterId = clusterId; },
  };
}
