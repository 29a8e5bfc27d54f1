// VIPs that move from one director to another: with agents that answer as directors with hosts do, whatever they are told.
import type { ServerResponse } from 'node:http';
import type { PlanOperation } from '@weir/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { linkIs, longWait, ownAddress, webCluster } from '../testing/directors.ts';
import { bodyOf, result, startFalseAgent } from '../testing/agents/false-agent.ts';
import type { FalseAgent } from '../testing/agents/false-agent.ts';
import type { ApplyView } from './change-view.ts';

let server: TestServer;
let plane: TestPlane;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

interface Host {
  readonly agent: FalseAgent;
  readonly directorId: string;
  /** Ends what it streams, and streams nothing until it is told to. */
  readonly fallSilent: () => () => void;
}

type Outcome = 'applied' | 'rolledBack';

/** Its plan is this one step; it says that the VIP is on its host while it has not given it up. */
async function host(step: PlanOperation, outcome: Outcome = 'applied'): Promise<Host> {
  const agent = await startFalseAgent();
  ends.push(agent.stop);
  const has = step.kind === 'removeVip' ? [{ address: step.vip, interface: 'eth0', byWeir: true }] : [];
  const state = { accepted: [], overrides: [], drift: [], driftCount: 0, driftSinceMs: null, unconfirmed: [], drains: null, host: { vips: has, findings: [], leftOut: { vips: 0, findings: 0 } }, readAtMs: 1 };
  const cost = { connections: 0, fate: 'none' };
  const touched = { directorConnections: 0, clusterConnections: 0, fates: { stay: 0, drain: 0, stall: 0, reset: 0 } };
  agent.answers['state'] = (response) => result(response, state);
  const streams: ServerResponse[] = [];
  const stream = (response: ServerResponse): void => {
    streams.push(response);
    response.setHeader('content-type', 'text/event-stream');
    response.write(`event: connected\ndata: {}\n\nid: 1\ndata: ${JSON.stringify({ kind: 'state', bootId: 'boot', state })}\n\n`);
  };
  agent.answers['stream'] = stream;
  agent.answers['plan'] = (response) => result(response, { replaces: null, operations: [{ operation: step, cost }], digest: 'ab'.repeat(32), findings: [], touched, readAtMs: 1 });
  agent.answers['applyChange'] = async (response, request) => {
    const { applyId, clusterId } = JSON.parse(await bodyOf(request)) as { applyId: string; clusterId: string };
    const kind = outcome === 'applied' ? { kind: outcome } : { kind: outcome, undone: [] };
    result(response, { kind: 'report', report: {
      applyId, clusterId, revision: 1, steps: [{ operation: step, cost, result: { status: 'done' } }], outcome: kind, accepted: 1, startedAtMs: 0, finishedAtMs: 1,
    } });
  };
  const { directorId } = await plane.gateway.enrol(ann, { code: agent.code, name: agent.address });
  await expect.poll(() => plane.gateway.state(directorId)?.host ?? null, longWait).not.toBeNull();
  const fallSilent = (): (() => void) => {
    const silent: ServerResponse[] = [];
    agent.answers['stream'] = (response) => void silent.push(response);
    for (const response of streams.splice(0)) response.destroy();
    return () => {
      agent.answers['stream'] = stream;
      for (const response of silent) response.destroy();
    };
  };
  return { agent, directorId, fallSilent };
}

async function cluster(vip: string, takes: Host, gives: Host): Promise<string> {
  const definition = webCluster({ directorIds: [takes.directorId, gives.directorId], vip });
  return (await plane.clusters.create(ann, { definition, reason: '' })).clusterId;
}

async function order(clusterId: string, hosts: readonly Host[], { off = [], revision = 1 }: { off?: readonly string[]; revision?: number } = {}): Promise<ApplyView> {
  const directors = hosts.map(({ directorId }) => ({ directorId, digest: 'ab'.repeat(32), replaces: null }));
  const { applyId } = await plane.changes.apply(ann, { clusterId, revision, directors, onFailure: 'goOn', off });
  await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
  return plane.changes.get(applyId);
}

const add = (vip: string): PlanOperation => ({ kind: 'addVip', vip, interface: 'eth0' });
const remove = (vip: string): PlanOperation => ({ kind: 'removeVip', vip, interface: 'eth0' });

describe('a VIP', () => {
  it('is given up by its old holder before the new one takes it, in whichever order they were named', async () => {
    const vip = ownAddress();
    const [takes, gives] = [await host(add(vip)), await host(remove(vip))];
    const clusterId = await cluster(vip, takes, gives);
    const plan = await plane.changes.plan(clusterId);
    expect(plan.directors.map(({ directorId }) => directorId)).toEqual([gives.directorId, takes.directorId]);
    expect(plan.moves).toMatchObject([{ vip, to: { directorId: takes.directorId }, from: [{ directorId: gives.directorId, how: 'gives' }] }]);
    const { directors } = await order(clusterId, [takes, gives]);
    expect(directors.map(({ directorId, state }) => [directorId, state])).toEqual([[gives.directorId, 'done'], [takes.directorId, 'done']]);
  });

  it('is not taken while its old holder has not confirmed that it gave it up', async () => {
    const vip = ownAddress();
    const [takes, gives] = [await host(add(vip)), await host(remove(vip), 'rolledBack')];
    const { directors } = await order(await cluster(vip, takes, gives), [takes, gives]);
    expect(directors[1]).toMatchObject({ state: 'notSent', error: { code: 'vipKept', params: { vip, director: gives.agent.address } } });
    expect(takes.agent.asked).not.toContain('applyChange');
  });

  it('is not taken from a director that is left out', async () => {
    const vip = ownAddress();
    const [takes, gives] = [await host(add(vip)), await host(remove(vip))];
    await expect(order(await cluster(vip, takes, gives), [takes])).rejects.toMatchObject({ code: 'vipKept', params: { vip, director: gives.agent.address } });
  });

  it('is not taken from a director that is connected to a new panel and has not said yet what is on its host', async () => {
    const vip = ownAddress();
    const [takes, has] = [await host(add(vip)), await host(add(vip))];
    const clusterId = await cluster(vip, has, takes);
    await order(clusterId, [has]);
    await plane.clusters.save(ann, { clusterId, base: 1, definition: webCluster({ directorIds: [takes.directorId, has.directorId], vip }), reason: '' });
    has.agent.answers['stream'] = (response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write('event: connected\ndata: {}\n\n');
    };
    plane = await plane.restarted();
    await linkIs(plane, has.directorId, 'connected');
    await linkIs(plane, takes.directorId, 'connected');
    await expect(order(clusterId, [takes], { revision: 2 })).rejects.toMatchObject({ code: 'vipHolderSilent', params: { vip, director: has.agent.address } });
    expect(takes.agent.asked).not.toContain('applyChange');
  });

  it('is taken from a silent director only on the word that it is off, and the word is written down', async () => {
    const vip = ownAddress();
    const [takes, gives] = [await host(add(vip)), await host(remove(vip))];
    const clusterId = await cluster(vip, takes, gives);
    await gives.agent.stop();
    await linkIs(plane, gives.directorId, 'silent');
    expect((await plane.changes.plan(clusterId)).moves).toMatchObject([{ from: [{ directorId: gives.directorId, how: 'silent' }] }]);
    await expect(order(clusterId, [takes])).rejects.toMatchObject({ code: 'vipHolderSilent', params: { vip, director: gives.agent.address } });
    expect((await order(clusterId, [takes], { off: [gives.directorId] })).directors).toMatchObject([{ state: 'done' }]);
    const entry = await plane.db.auditEntry.findFirst({ where: { objectId: clusterId, action: 'changes.apply' } });
    expect(entry?.after).toMatchObject({ statedOff: [gives.agent.address] });
  });

  it('is not taken from a director that was stated to be off and comes back with it while the order runs', async () => {
    const vip = ownAddress();
    const setting: PlanOperation = { kind: 'setHostSetting', name: 'net/ipv4/ip_forward', before: '0', after: '1' };
    const [first, takes, gives] = [await host(setting), await host(add(vip)), await host(remove(vip))];
    const definition = webCluster({ directorIds: [first.directorId, takes.directorId, gives.directorId], vip });
    const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
    const speakAgain = gives.fallSilent();
    await expect.poll(() => plane.gateway.stateNow(gives.directorId), longWait).toBeNull();
    const apply = first.agent.answers['applyChange'];
    first.agent.answers['applyChange'] = async (response, request) => {
      speakAgain();
      await expect.poll(() => plane.gateway.stateNow(gives.directorId), longWait).not.toBeNull();
      await apply?.(response, request);
    };
    const { directors } = await order(clusterId, [first, takes], { off: [gives.directorId] });
    expect(directors.map(({ state }) => state)).toEqual(['done', 'notSent']);
    expect(directors[1]?.error).toEqual({ code: 'vipKept', params: { vip, director: gives.agent.address } });
  });
});
