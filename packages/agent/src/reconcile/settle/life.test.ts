// An agent that comes back to a forwarder that has outlived it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import type { Operation, Override } from '@weir/model';
import { describe, expect, it, onTestFinished } from 'vitest';
import { enrolledAgent, runAgent, temporaryFolder } from '../../testing/bench.ts';
import type { Bench } from '../../testing/bench.ts';
import { applied, cluster } from '../../testing/cluster.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { outliving } from '../../testing/outliving.ts';

const startMs = 1_800_000_000_000;

interface Stage extends Bench {
  readonly proxy: ProxyForwarder;
  readonly dataFolder: string;
  readonly clock: ManualClock;
  /** Stops the agent, does something while it is away, and starts another on the same disk and forwarder. */
  readonly away: (meanwhile: () => Promise<void>) => Promise<Bench['client']>;
  readonly weigh: (weight: number) => Promise<void>;
}

async function stage(): Promise<Stage> {
  const proxy = new ProxyForwarder({ closeDeadlineMs: 500 });
  onTestFinished(() => proxy.close());
  const openForwarder = (): Promise<Forwarder> => Promise.resolve(outliving(proxy));
  const dataFolder = await temporaryFolder();
  const clock = new ManualClock(startMs);
  const bench = await enrolledAgent({ dataFolder, openForwarder, clock });
  await applied(bench.client, { clusterId: 'web', revision: 1, definition: cluster({ weights: [1, 1] }) });
  return {
    ...bench, proxy, dataFolder, clock,
    away: async (meanwhile) => {
      await bench.agent.stop();
      await meanwhile();
      return bench.panel.client((await runAgent({ dataFolder, openForwarder, clock })).address);
    },
    weigh: async (weight) => {
      const [service] = (await proxy.read()).services;
      const [realServer] = service?.realServers ?? [];
      if (service === undefined || realServer === undefined) throw new Error('nothing is forwarded');
      const { endpoint, settings } = realServer;
      const operation: Operation = { kind: 'setRealServer', service: service.address, endpoint, before: settings, after: { ...settings, weight } };
      await proxy.apply([operation], { onFailure: 'goOn' });
    },
  };
}

function override(changes: Partial<Override>): Override {
  return {
    id: 'o-1', target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-1' }, cause: 'manual', effect: { kind: 'weight', weight: 7 },
    author: 'ann', reason: '', startsAtMs: startMs, endsAtMs: null, ...changes,
  };
}

describe('an agent that comes back', () => {
  it('changes nothing that somebody else changed meanwhile, and reports it', async () => {
    const { away, weigh, proxy } = await stage();
    const client = await away(() => weigh(9));
    expect(await client.state.query()).toMatchObject({ driftCount: 1, drift: [{ kind: 'setRealServer', before: { weight: 9 }, after: { weight: 1 } }] });
    expect((await proxy.read()).services[0]?.realServers[0]?.settings.weight).toBe(9);
  });

  it('ends what an override was to end meanwhile', async () => {
    const { client, away, clock, proxy } = await stage();
    await client.setOverride.mutate({ override: override({ endsAtMs: startMs + 5_000 }) });
    const again = await away(() => Promise.resolve(clock.advance(10_000)));
    expect(await again.state.query()).toMatchObject({ overrides: [], drift: [] });
    expect((await proxy.read()).services[0]?.realServers.map(({ settings }) => settings.weight)).toEqual([1, 1]);
  });

  it('finishes the change that it was in the middle of', async () => {
    const { away, dataFolder, proxy, client: before } = await stage();
    await applied(before, { clusterId: 'other', revision: 1, definition: { ...cluster(), name: 'other' } });
    const [, kept] = (await proxy.read()).services;
    const client = await away(async () => {
      const accepted = JSON.parse(await readFile(join(dataFolder, 'accepted.json'), 'utf8'));
      accepted.clusters[0].revision = 2;
      accepted.clusters[0].definition.services[0].realServers[0].weight = 5;
      await writeFile(join(dataFolder, 'accepted.json'), JSON.stringify(accepted));
      await writeFile(join(dataFolder, 'applying.json'), JSON.stringify({ format: 1, applyId: 'cut-off', clusterId: 'web', revision: 2, startedAtMs: startMs }));
      if (kept === undefined) throw new Error('the other cluster is forwarded');
      await proxy.apply([{ kind: 'removeService', service: kept.address, removed: kept }], { onFailure: 'goOn' });
    });
    expect(await client.applyStatus.query({ applyId: 'cut-off' })).toMatchObject({ report: { outcome: { kind: 'finishedAtRestart', remaining: [] } } });
    expect((await proxy.read()).services.map(({ realServers }) => realServers.map(({ settings }) => settings.weight))).toEqual([[5, 1]]);
    expect((await client.state.query()).drift.map(({ kind }) => kind)).toEqual(['addService', 'addRealServer', 'addRealServer']);
  });

  it('brings everything back in a new life of the forwarder, as after a boot', async () => {
    const { away, weigh, dataFolder } = await stage();
    const client = await away(async () => {
      await weigh(9);
      await writeFile(join(dataFolder, 'settled.json'), JSON.stringify({ format: 1, life: 'the boot before' }));
    });
    expect((await client.state.query()).drift).toEqual([]);
  });
});
