// Overrides: weights and membership by hand and by the clock.
import type { Override } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { enrolledAgent, runAgent, temporaryFolder } from '../testing/bench.ts';
import type { Bench } from '../testing/bench.ts';
import { applied, cluster } from '../testing/cluster.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { faultOf } from '../testing/test-panel.ts';

const startMs = 1_800_000_000_000;

function override(changes: Partial<Override> = {}): Override {
  return {
    id: 'o-1', target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-0' }, cause: 'manual', effect: { kind: 'weight', weight: 7 },
    author: 'ann', reason: '', startsAtMs: startMs, endsAtMs: null, ...changes,
  };
}

async function weights(client: Bench['client']): Promise<(number | undefined)[]> {
  const { actual } = await client.actual.query();
  return ['127.0.8.20', '127.0.8.30'].map((rip) => (
    actual.services[0]?.realServers.find(({ endpoint }) => endpoint.rip === rip)?.settings.weight));
}

async function clusterAgent(): Promise<Bench & { readonly clock: ManualClock; readonly dataFolder: string }> {
  const clock = new ManualClock(startMs);
  const dataFolder = await temporaryFolder();
  const bench = await enrolledAgent({ clock, dataFolder });
  await applied(bench.client, { clusterId: 'web', revision: 1, definition: cluster({ weights: [1, 1] }) });
  return { ...bench, clock, dataFolder };
}

describe('an override', () => {
  it('is forwarded at once and ended by its id', async () => {
    const { client } = await clusterAgent();
    expect(await client.setOverride.mutate({ override: override() })).toMatchObject({ overrides: [{ id: 'o-1' }], drift: [] });
    expect(await weights(client)).toEqual([7, 1]);
    expect(await client.endOverride.mutate({ overrideId: 'o-1' })).toMatchObject({ overrides: [], drift: [] });
    expect(await weights(client)).toEqual([1, 1]);
    expect(await client.endOverride.mutate({ overrideId: 'o-1' })).toMatchObject({ overrides: [] });
  });

  it('with the id of another takes its place', async () => {
    const { client } = await clusterAgent();
    await client.setOverride.mutate({ override: override() });
    const moved = override({ target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-1' } });
    expect((await client.setOverride.mutate({ override: moved })).overrides).toHaveLength(1);
    expect(await weights(client)).toEqual([1, 7]);
  });

  it('begins and ends by the clock', async () => {
    const { client, clock } = await clusterAgent();
    await client.setOverride.mutate({ override: override({ startsAtMs: startMs + 10_000, endsAtMs: startMs + 20_000, effect: { kind: 'remove' } }) });
    expect(await weights(client)).toEqual([1, 1]);
    clock.advance(9_999);
    expect(await weights(client)).toEqual([1, 1]);
    clock.advance(1);
    await expect.poll(() => weights(client)).toEqual([undefined, 1]);
    clock.advance(10_000);
    await expect.poll(() => weights(client)).toEqual([1, 1]);
    expect((await client.state.query()).overrides).toEqual([]);
  });

  it('holds over a restart, and one that ended meanwhile does not', async () => {
    const { agent, client, panel, dataFolder } = await clusterAgent();
    await client.setOverride.mutate({ override: override() });
    await client.setOverride.mutate({ override: override({
      id: 'o-2', endsAtMs: startMs + 5_000, target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-1' },
    }) });
    expect(await weights(client)).toEqual([7, 7]);
    await agent.stop();
    const again = await runAgent({ dataFolder, clock: new ManualClock(startMs + 5_000) });
    const other = panel.client(again.address);
    expect(await weights(other)).toEqual([7, 1]);
    expect((await other.state.query()).overrides.map(({ id }) => id)).toEqual(['o-1']);
  });

  it('is kept by a new revision, and gone with its real server', async () => {
    const { client } = await clusterAgent();
    await client.setOverride.mutate({ override: override({ target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-1' } }) });
    const [service] = (await client.actual.query()).actual.services;
    const vip = service?.address.kind === 'address' ? service.address.vip : '';
    const kept = await applied(client, { clusterId: 'web', revision: 2, definition: cluster({ vip, weights: [2, 2] }) });
    expect(kept.outcome).toEqual({ kind: 'applied' });
    expect(await weights(client)).toEqual([2, 7]);
    await applied(client, { clusterId: 'web', revision: 3, definition: cluster({ vip, weights: [2] }) });
    expect((await client.state.query()).overrides).toEqual([]);
  });

  it('does not repair the drift of another real server', async () => {
    const clock = new ManualClock(startMs);
    let refuses = true;
    const { client } = await enrolledAgent({ clock, troubles: { operation: (operation) => (
      refuses && operation.kind === 'addRealServer' && operation.realServer.endpoint.rip === '127.0.8.30'
        ? { code: 'limitReached', message: 'refused in a test', errno: null } : null) } });
    await applied(client, { clusterId: 'web', revision: 1, definition: cluster() }, { onFailure: 'goOn' });
    refuses = false;
    expect((await client.setOverride.mutate({ override: override() })).drift).toMatchObject([{ kind: 'addRealServer' }]);
    expect(await weights(client)).toEqual([7, undefined]);
  });

  it('that the forwarder refuses is drift, and is tried again', async () => {
    const clock = new ManualClock(startMs);
    let refuses = true;
    const { client } = await enrolledAgent({ clock, troubles: { operation: ({ kind }) => (
      refuses && kind === 'setRealServer' ? { code: 'unexpected', message: 'refused in a test', errno: null } : null) } });
    await applied(client, { clusterId: 'web', revision: 1, definition: cluster() });
    expect((await client.setOverride.mutate({ override: override() })).drift).toMatchObject([{ kind: 'setRealServer' }]);
    refuses = false;
    clock.advance(1_000);
    await expect.poll(() => weights(client)).toEqual([7, 1]);
    expect((await client.state.query()).drift).toEqual([]);
  });

  it.each([
    ['that has ended', { endsAtMs: startMs }, 'override.endsAtMs', 'past'],
    ['that ends before it starts', { startsAtMs: startMs + 9_000, endsAtMs: startMs + 8_000 }, 'override.endsAtMs', 'beforeStart'],
    ['of nothing this director holds', { target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-9' } }, 'override.target', 'notFound'],
  ])('%s is refused', async (_what, changes, field, reason) => {
    const { client } = await clusterAgent();
    expect(await faultOf(client.setOverride.mutate({ override: override(changes) }))).toEqual({ code: 'badRequest', params: { field, reason } });
    expect((await client.state.query()).overrides).toEqual([]);
  });

  it('with a field that does not fit names the field', async () => {
    const { client } = await clusterAgent();
    const wrong = override({ effect: { kind: 'weight', weight: -1 } });
    expect(await faultOf(client.setOverride.mutate({ override: wrong }))).toMatchObject({
      code: 'badRequest', params: { field: 'override.effect.weight' },
    });
  });
});
