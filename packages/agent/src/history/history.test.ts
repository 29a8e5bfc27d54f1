// History as a panel gets it of a real agent, over its restarts.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { TRPCClient } from '@trpc/client';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import type { Counters, Interval, Sample } from '@weir/model';
import { decodeInterval, decodeRecent, JournalAnswer, RecentAnswer } from '@weir/protocol';
import { expect, it, onTestFinished } from 'vitest';
import type { AgentRouter } from '../router.ts';
import { enrolledAgent, runAgent, temporaryFolder } from '../testing/bench.ts';
import type { Bench } from '../testing/bench.ts';
import { applied, cluster, ownAddress } from '../testing/cluster.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { outliving } from '../testing/outliving.ts';

const beginMs = 1_800_000_000_000;
const vip = ownAddress();
const key = `tcp ${vip}:8080`;

/** What is counted, and who looks. */
class Counted {
  readonly clock = new ManualClock(beginMs);
  connections = 1_000;
  samples = 0;
  readonly proxy = new ProxyForwarder({ closeDeadlineMs: 500 });

  /** `outlives`: as the kernel does, it counts on without its agent. */
  forwarder(outlives: boolean): Forwarder {
    const inner = outlives ? outliving(this.proxy) : new ProxyForwarder({ closeDeadlineMs: 500 });
    return {
      ...outliving(inner), capabilities: inner.capabilities, close: () => inner.close(),
      sample: (): Promise<Sample> => {
        this.samples += 1;
        return Promise.resolve(this.#sample());
      },
    };
  }

  #sample(): Sample {
    const counted = BigInt(this.connections);
    const counters: Counters = { connections: counted, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: counted * 10n, bytesOut: counted * 20n };
    const realServers = [{ key: '127.0.8.20:8080', weight: 3, connections: { active: 2, inactive: 1, persistent: null }, counters }];
    return { measuredAtMs: this.clock.nowMs(), services: [{ key, refused: null, counters, realServers }] };
  }
}

/** So many seconds, with as many connections in each. */
async function pass(counted: Counted, seconds: number, each: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    counted.connections += each;
    const before = counted.samples;
    counted.clock.advance(1_000);
    await expect.poll(() => counted.samples, { timeout: 15_000, interval: 2 }).toBeGreaterThan(before);
    // What was asked for has come when everything that was ready has run: no other sample is asked for before.
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}

function agentOn(counted: Counted, outlives: boolean): Promise<Bench> {
  onTestFinished(() => counted.proxy.close());
  return enrolledAgent({ clock: counted.clock, openForwarder: () => Promise.resolve(counted.forwarder(outlives)) });
}

type Client = TRPCClient<AgentRouter>;

async function intervalsOf(client: Client, after = 0): Promise<Interval[]> {
  return JournalAnswer.parse(await client.journal.query({ journalId: null, after, limit: 100 })).intervals.map(decodeInterval);
}

/** Written a moment after the sample at its end. */
async function until(client: Client, count: number): Promise<Interval[]> {
  await expect.poll(async () => (await intervalsOf(client)).length, { timeout: 15_000 }).toBe(count);
  return intervalsOf(client);
}

const told = (intervals: readonly Interval[]): unknown => intervals.map(({ sequence, startMs, services: [service] }) => [sequence, startMs - beginMs, service?.measuredMs, service?.growth.connections]);

it('is told with names, until it is committed', { timeout: 60_000 }, async () => {
  const counted = new Counted();
  const { client } = await agentOn(counted, true);
  await applied(client, { clusterId: 'cluster-1', revision: 1, definition: cluster({ vip }) });
  await pass(counted, 22, 5);
  const intervals = await until(client, 2);
  expect(told(intervals)).toEqual([[1, 0, 9_000, 45n], [2, 10_000, 10_000, 50n]]);
  expect(intervals[1]?.services).toMatchObject([{
    key, clusterId: 'cluster-1', serviceId: 'web', growth: { packetsIn: 'userSpace', bytesOut: 1_000n }, active: { mean: 2, most: 2 },
    realServers: [{ key: '127.0.8.20:8080', realServerId: 'rs-0', weight: 3, inactive: { mean: 1 } }],
  }]);
  const { journalId } = await client.journal.query({ journalId: null, after: 0, limit: 1 });
  expect(await client.journalCommitted.mutate({ journalId, sequence: 1 })).toEqual({ journalId, committed: 1 });
  expect(told(await intervalsOf(client))).toEqual([[2, 10_000, 10_000, 50n]]);
});

it('goes on after an agent that stopped in order, and counts what the forwarder did meanwhile', { timeout: 60_000 }, async () => {
  const counted = new Counted();
  const { agent, panel, client } = await agentOn(counted, true);
  await pass(counted, 14, 1);
  await until(client, 1);
  await agent.stop();
  counted.connections += 700;
  counted.clock.advance(60_000);
  const again = await runAgent({ clock: counted.clock, dataFolder: agent.dataFolder, openForwarder: () => Promise.resolve(counted.forwarder(true)) });
  await pass(counted, 6, 1);
  expect(told(await until(panel.client(again.address), 3))).toEqual([[1, 0, 9_000, 9n], [2, 10_000, 4_000, 4n], [3, 70_000, 5_000, 701n + 5n]]);
});

it('loses nothing of what a forwarder counted that outlives an agent which was killed', { timeout: 60_000 }, async () => {
  const counted = new Counted();
  const { agent, panel, client } = await agentOn(counted, true);
  await pass(counted, 17, 1);
  await until(client, 1);
  // What a kill would leave.
  const dataFolder = join(await temporaryFolder(), 'data');
  await cp(agent.dataFolder, dataFolder, { recursive: true });
  await agent.stop();
  const again = await runAgent({ clock: counted.clock, dataFolder, openForwarder: () => Promise.resolve(counted.forwarder(true)) });
  await pass(counted, 3, 1);
  expect(told(await until(panel.client(again.address), 2))).toEqual([[1, 0, 9_000, 9n], [2, 10_000, 2_000, 10n]]);
});

it('counts from 0 what a forwarder shows that began with its agent', { timeout: 60_000 }, async () => {
  const counted = new Counted();
  const { agent, panel, client } = await agentOn(counted, false);
  await pass(counted, 14, 1);
  expect(told(await until(client, 1))).toEqual([[1, 0, 9_000, 1_010n]]);
  await agent.stop();
  counted.connections = 0;
  const again = await runAgent({ clock: counted.clock, dataFolder: agent.dataFolder, openForwarder: () => Promise.resolve(counted.forwarder(false)) });
  await pass(counted, 16, 3);
  // The interval in which one agent ended and the next began is not made again.
  expect(told(await until(panel.client(again.address), 3))).toEqual([[1, 0, 9_000, 1_010n], [2, 10_000, 4_000, 4n], [3, 20_000, 10_000, 48n]]);
});

it('has the last minutes second by second', { timeout: 60_000 }, async () => {
  const counted = new Counted();
  const { client } = await agentOn(counted, true);
  await applied(client, { clusterId: 'cluster-1', revision: 1, definition: cluster({ vip }) });
  await pass(counted, 5, 4);
  const of = { kind: 'service', clusterId: 'cluster-1', serviceId: 'web' } as const;
  const recent = decodeRecent(RecentAnswer.parse(await client.recent.query({ of, realServers: true, fromMs: beginMs + 2_000, toMs: beginMs + 4_000 })));
  const growth = { connections: 4, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: 40, bytesOut: 80 };
  const moment = { active: 2, inactive: 1, weight: null, growth };
  expect(recent).toEqual({
    byteKind: 'payloadBytes', countersRefreshMs: 0, sinceMs: beginMs + 1_000, times: [2, 3, 4].map((second) => ({ atMs: beginMs + second * 1_000, stepMs: 1_000 })),
    lines: [
      { key: null, realServerId: null, moments: [moment, moment, moment] },
      { key: '127.0.8.20:8080', realServerId: 'rs-0', moments: [moment, moment, moment].map((one) => ({ ...one, weight: 3 })) },
    ],
  });
});
