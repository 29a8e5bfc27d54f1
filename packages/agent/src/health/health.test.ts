// The whole agent asks real servers on loopback, and forwards by what they answer.
import { createServer } from 'node:http';
import type { ClusterDefinition, ServiceHealth } from '@weir/model';
import type { HealthChange, ServiceStanding, StreamEvent } from '@weir/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { enrolledAgent, runAgent, temporaryFolder } from '../testing/bench.ts';
import type { Bench } from '../testing/bench.ts';
import { applied, cluster, ownAddress, reviewed } from '../testing/cluster.ts';

const wait = { timeout: 20_000, interval: 50 };
const check = { id: 'tcp', probe: { type: 'tcp' as const }, port: null, source: null, intervalMs: 200, changingIntervalMs: null, timeoutMs: 500, rise: 2, fall: 2 };

function health(changes: Partial<ServiceHealth> = {}): ServiceHealth {
  return {
    checks: [check], first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null, ...changes,
  };
}

interface RealServer {
  readonly address: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Answers 200 on port 8080 while it runs. */
async function realServer(address = ownAddress()): Promise<RealServer> {
  let stop: (() => Promise<void>) | null = null;
  const one: RealServer = {
    address,
    start: async () => {
      const server = createServer((_, response) => response.end(address));
      await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(8080, address, resolve); });
      stop = () => new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
    stop: async () => {
      await stop?.();
      stop = null;
    },
  };
  await one.start();
  onTestFinished(() => one.stop());
  return one;
}

function definitionOf(servers: readonly RealServer[], changes: Partial<ServiceHealth> = {}, weight = 10): ClusterDefinition {
  const definition = cluster({ realServers: servers.map(({ address }) => address), weights: servers.map(() => weight) });
  return { ...definition, services: definition.services.map((service) => ({ ...service, health: health(changes) })) };
}

async function weights({ client }: Pick<Bench, 'client'>): Promise<Record<string, number>> {
  const { actual: { services } } = await client.actual.query();
  return Object.fromEntries((services[0]?.realServers ?? []).map(({ endpoint: { rip }, settings }) => [rip, settings.weight]));
}

function standingIn(events: readonly StreamEvent[]): ServiceStanding | undefined {
  return events.flatMap((event) => (event.kind === 'health' ? event.services : [])).at(-1);
}

function changesIn(events: readonly StreamEvent[]): HealthChange[] {
  return events.flatMap((event) => (event.kind === 'healthChanges' ? event.changes : []));
}

describe('a real server that dies', () => {
  it('is out until it comes back, and the reason is told with what was asked and answered', async () => {
    const [one, two] = [await realServer(), await realServer()];
    const bench = await enrolledAgent({});
    const { events } = bench.panel.stream(bench.agent.address);
    await applied(bench.client, { clusterId: 'web', revision: 1, definition: definitionOf([one, two]) });
    await expect.poll(() => standingIn(events)?.state.code, wait).toBe('allUp');
    await one.stop();
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 0, [two.address]: 10 });
    await expect.poll(() => standingIn(events), wait).toMatchObject({
      state: { code: 'someDown' }, realServers: [{ realServerId: 'rs-0', standing: 'down', isUsed: false, rule: { code: 'fell', params: { check: 'tcp', failure: 'refused' } } }, { standing: 'up' }],
    });
    expect((await bench.client.state.query()).drift).toEqual([]);
    await expect.poll(() => changesIn(events), wait).toContainEqual(expect.objectContaining({
      realServerId: 'rs-0', from: 'up', to: 'down', lastTry: expect.objectContaining({ checkId: 'tcp', result: expect.objectContaining({ failure: 'refused' }) }),
    }));
    const evidence = await bench.client.healthEvidence.query({ clusterId: 'web', serviceId: 'web', realServerId: 'rs-0' });
    expect(evidence).toMatchObject({ realServer: { standing: 'down' }, service: { code: 'someDown' }, checks: [{ checkId: 'tcp', isAsked: true, standing: 'down', good: 0 }] });
    expect(evidence.checks[0]?.tries.at(-1)).toMatchObject({ result: { kind: 'failed', failure: 'refused' } });
    await one.start();
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 10, [two.address]: 10 });
  });

  it('stays out through a restart of the agent, and comes back after it', async () => {
    const [one, two] = [await realServer(), await realServer()];
    const dataFolder = await temporaryFolder();
    const bench = await enrolledAgent({ dataFolder });
    await applied(bench.client, { clusterId: 'web', revision: 1, definition: definitionOf([one, two]) });
    await one.stop();
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 0, [two.address]: 10 });
    await bench.agent.stop();
    const again = await runAgent({ dataFolder });
    const client = bench.panel.client(again.address);
    expect(await weights({ client })).toEqual({ [one.address]: 0, [two.address]: 10 });
    await one.start();
    await expect.poll(() => weights({ client }), wait).toEqual({ [one.address]: 10, [two.address]: 10 });
  });

  it('comes back in steps where the service starts slowly', async () => {
    const [one, two] = [await realServer(), await realServer()];
    const bench = await enrolledAgent({});
    await applied(bench.client, { clusterId: 'web', revision: 1, definition: definitionOf([one, two], { slowStartSeconds: 8 }, 100) });
    await one.stop();
    await expect.poll(async () => (await weights(bench))[one.address], wait).toBe(0);
    await one.start();
    const seen = new Set<number>();
    await expect.poll(async () => {
      const weight = (await weights(bench))[one.address] ?? -1;
      seen.add(weight);
      return weight;
    }, wait).toBe(100);
    expect([...seen].filter((weight) => weight > 0 && weight < 100).length).toBeGreaterThan(0);
  });
});

describe('where all die', () => {
  it('the sorry server answers, until one of them is back', async () => {
    const [one, sorry] = [await realServer(), await realServer()];
    const bench = await enrolledAgent({});
    const definition = definitionOf([one], { belowQuorum: 'sorry', sorry: { id: 'sorry', name: 'sorry', rip: sorry.address, port: 8080, method: { kind: 'proxied' } } });
    await applied(bench.client, { clusterId: 'web', revision: 1, definition });
    expect(await weights(bench)).toEqual({ [one.address]: 10 });
    await one.stop();
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 0, [sorry.address]: 1 });
    expect((await bench.client.state.query()).drift).toEqual([]);
    await one.start();
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 10 });
  });
});

describe('a change of the cluster', () => {
  it('is reviewed with what health makes of it, and leaves out what is out', async () => {
    const [one, two, three] = [await realServer(), await realServer(), await realServer()];
    const bench = await enrolledAgent({});
    const definition = definitionOf([one, two], { first: 'down' });
    await applied(bench.client, { clusterId: 'web', revision: 1, definition });
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 10, [two.address]: 10 });
    await one.stop();
    await expect.poll(async () => (await weights(bench))[one.address], wait).toBe(0);
    const wider = definitionOf([one, two, three], { first: 'down' });
    const next = { clusterId: 'web', revision: 2, definition: { ...definition, services: definition.services.map((service) => ({ ...service, realServers: wider.services[0]?.realServers ?? [] })) } };
    const { operations } = await bench.client.plan.mutate(next);
    expect(operations.map(({ operation }) => operation)).toMatchObject([{ kind: 'addRealServer', realServer: { endpoint: { rip: three.address }, settings: { weight: 0 } } }]);
    expect((await bench.client.applyChange.mutate(await reviewed(bench.client, next))).kind).toBe('report');
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 0, [two.address]: 10, [three.address]: 10 });
  });
});

describe('what people ordered', () => {
  it('stands above what is heard: in maintenance tries go on and decide nothing', async () => {
    const [one, two] = [await realServer(), await realServer()];
    const bench = await enrolledAgent({});
    await applied(bench.client, { clusterId: 'web', revision: 1, definition: definitionOf([one, two]) });
    const place = { clusterId: 'web', serviceId: 'web', realServerId: 'rs-0' };
    const override = {
      id: 'm', target: place, cause: 'maintenance' as const, effect: { kind: 'weight' as const, weight: 3 }, author: 'ann', reason: 'disk', startsAtMs: Date.now(), endsAtMs: null,
    };
    await bench.client.setOverride.mutate({ override });
    await one.stop();
    await expect.poll(async () => (await bench.client.healthEvidence.query(place)).realServer?.standing, wait).toBe('down');
    expect(await weights(bench)).toEqual({ [one.address]: 3, [two.address]: 10 });
    await bench.client.endOverride.mutate({ overrideId: 'm' });
    await expect.poll(() => weights(bench), wait).toEqual({ [one.address]: 0, [two.address]: 10 });
    expect((await bench.client.state.query()).overrides).toEqual([]);
  });
});

it('what this director cannot ask refuses an apply, and says which check', async () => {
  const one = await realServer();
  const { client } = await enrolledAgent({});
  const definition = definitionOf([one], { checks: [{ ...check, probe: { type: 'script', file: 'no-such-script', arguments: [] } }] });
  const { findings } = await client.plan.mutate({ clusterId: 'web', revision: 1, definition });
  expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', path: ['services', 0, 'health', 'checks', 0] }));
});

it('a director says what it can ask with', async () => {
  const { client } = await enrolledAgent({});
  expect((await client.hello.query()).health?.probes).toContain('tcp');
});
