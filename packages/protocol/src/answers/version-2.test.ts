// What a real agent of version 2 answered, as it was recorded, and what today's panel makes of it.
import { readFileSync } from 'node:fs';
import { ConnectionList } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { ApplyOutput, ApplyStatus, PlanOutput } from '../change.ts';
import { ConfirmAnswer } from '../confirm.ts';
import { ActualReading, DirectorState, Hello } from '../director.ts';
import { AgentFault } from '../fault.ts';
import { Inspection } from '../inspect.ts';
import { decodeTick, StreamEvent } from '../tick.ts';
import { OLDEST_AGENT_VERSION, PROTOCOL_VERSION } from '../version.ts';
import { answersOf } from './answers.ts';
import type { Answers } from './answers.ts';

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/v2/${name}.json`, import.meta.url), 'utf8')) as unknown;
}

function said(name: string): unknown {
  return (recorded(name) as { result: { data: unknown } }).result.data;
}

const version2 = answersOf(2) as Answers;
const events = recorded('stream') as unknown[];

describe('an answer of version 2', () => {
  it.each<[string, keyof Answers, { parse: (value: unknown) => unknown }]>([
    ['hello', 'hello', Hello], ['enrol', 'hello', Hello], ['state', 'state', DirectorState], ['set-override', 'state', DirectorState], ['actual', 'actual', ActualReading],
    ['state-unconfirmed', 'state', DirectorState], ['plan', 'plan', PlanOutput], ['apply', 'apply', ApplyOutput], ['apply-refused', 'apply', ApplyOutput],
    ['apply-status', 'applyStatus', ApplyStatus], ['apply-status-unknown', 'applyStatus', ApplyStatus], ['apply-status-unconfirmed', 'applyStatus', ApplyStatus],
    ['confirm', 'confirm', ConfirmAnswer], ['inspect', 'inspection', Inspection], ['connections', 'connections', ConnectionList],
  ])('%s is read, and has today\'s shape', (name, answer, today) => {
    const raised = version2[answer].parse(said(name));
    expect(today.parse(raised)).toEqual(raised);
    expect(raised).toMatchObject(said(name) as object);
  });

  it('still says which version it is of, and that it asks nothing of real servers', () => {
    expect(version2.hello.parse(said('hello'))).toMatchObject({ version: 2, health: null });
  });

  it('knows the cluster, its override, its drift and its connections', () => {
    expect(version2.state.parse(said('state'))).toMatchObject({ accepted: [{ clusterId: 'cluster-1', revision: 1 }], overrides: [{ author: 'Ann' }], driftCount: 1, drains: null });
    expect(version2.plan.parse(said('plan'))).toMatchObject({ replaces: 1, findings: [] });
    expect(version2.connections.parse(said('connections'))).toMatchObject({ total: 2 });
  });

  it.each(events.map((event, index) => [index, event]))('in the stream is read: event %i', (_, event) => {
    const raised = version2.event.parse(event);
    expect(StreamEvent.parse(raised)).toEqual(raised);
  });

  it('says in a tick what it counted', () => {
    const ticks = events.map((event) => version2.event.parse(event)).filter((event) => event.kind === 'tick').map(decodeTick);
    expect(ticks).toHaveLength(3);
    expect(ticks[0]?.services).toMatchObject([{ key: 'tcp 127.0.8.200:8080', counters: { connections: 3n }, realServers: [{}, { weight: 0 }, { connections: { active: 2 } }] }]);
  });

  it('is a refusal that is understood', () => {
    const faults = Object.entries(recorded('refusals') as Record<string, { error: { data: { fault: unknown } } }>).map(([name, { error }]) => [name, AgentFault.parse(error.data.fault).code]);
    expect(faults.every(([name, code]) => name === code)).toBe(true);
  });

  it('is none of version 3', () => expect(answersOf(3)?.hello.safeParse(said('hello')).success).toBe(false));
});

it('a panel speaks its own version and the one before', () => {
  expect([0, 1, 2, 3, 4].filter((version) => answersOf(version) !== null)).toEqual([OLDEST_AGENT_VERSION, PROTOCOL_VERSION]);
});
