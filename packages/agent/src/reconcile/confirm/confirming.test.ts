// Changes that nobody confirms go back by themselves: on a real proxy, a real disk, and a clock that the test moves.
import { mkdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProxyForwarder } from '@weir/forwarder';
import type { Fault, Operation, OperationResult } from '@weir/model';
import type { ApplyInput, Confirmation } from '@weir/protocol';
import { describe, expect, it } from 'vitest';
import { enrolledAgent, runAgent, temporaryFolder } from '../../testing/bench.ts';
import type { Bench, BenchOptions } from '../../testing/bench.ts';
import { applied, cluster, ownAddress, reviewed } from '../../testing/cluster.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { faultOf } from '../../testing/test-panel.ts';

const startMs = 1_800_000_000_000;
const withinMs = 30_000;
const longWait = { timeout: 20_000 };

interface Changed extends Bench {
  readonly clock: ManualClock;
  readonly dataFolder: string;
  readonly vip: string;
  readonly applyId: string;
}

type Client = Bench['client'];

async function weights(client: Client): Promise<number[]> {
  const { actual } = await client.actual.query();
  return actual.services.flatMap(({ realServers }) => realServers.map(({ settings }) => settings.weight));
}

async function confirmationOf(client: Client, applyId: string): Promise<Confirmation | null> {
  const status = await client.applyStatus.query({ applyId });
  return status.kind === 'report' ? status.confirmation : null;
}

/** Does not carry anything out while it stands still. */
class SlowForwarder extends ProxyForwarder {
  #still: Promise<void> = Promise.resolve();
  #go: (() => void) | null = null;
  stands = false;

  stand(): void {
    this.#still = new Promise((resolve) => { this.#go = resolve; });
  }

  goOn(): void {
    this.#go?.();
  }

  override async apply(...input: Parameters<ProxyForwarder['apply']>): Promise<readonly OperationResult[]> {
    this.stands = true;
    await this.#still;
    this.stands = false;
    return super.apply(...input);
  }
}

/** Revision 1 stands; revision 2, with another weight and one real server more, waits to be confirmed. */
async function changed(options: BenchOptions = {}, change: Partial<ApplyInput> = {}): Promise<Changed> {
  const clock = new ManualClock(startMs);
  const dataFolder = options.dataFolder ?? await temporaryFolder();
  const bench = await enrolledAgent({ clock, ...options, dataFolder });
  const vip = ownAddress();
  await applied(bench.client, { clusterId: 'web', revision: 1, definition: cluster({ vip, weights: [1] }) });
  const { applyId } = await applied(bench.client, { clusterId: 'web', revision: 2, definition: cluster({ vip, weights: [5, 5] }) }, { confirmWithinMs: withinMs, ...change });
  return { ...bench, clock, dataFolder, vip, applyId };
}

describe('a change that waits to be confirmed', () => {
  it('is forwarded meanwhile, and the state says until when it waits and what it would go back to', async () => {
    const { client, applyId } = await changed();
    expect(await weights(client)).toEqual([5, 5]);
    expect(await client.state.query()).toMatchObject({
      accepted: [{ revision: 2 }], drift: [],
      unconfirmed: [{ applyId, clusterId: 'web', revision: 2, base: 1, deadlineMs: startMs + withinMs, goingBack: false }],
    });
    expect(await confirmationOf(client, applyId)).toEqual({ kind: 'waiting', deadlineMs: startMs + withinMs, goingBack: false });
  });

  it('stays once it is confirmed, and a second word changes nothing', async () => {
    const { client, clock, applyId } = await changed();
    clock.advance(withinMs - 1);
    const confirmed = { confirmation: { kind: 'confirmed', atMs: startMs + withinMs - 1 } };
    expect(await client.confirm.mutate({ applyId })).toEqual(confirmed);
    clock.advance(3_600_000);
    expect(await client.confirm.mutate({ applyId })).toEqual(confirmed);
    expect(await client.goBack.mutate({ applyId })).toEqual(confirmed);
    expect(await weights(client)).toEqual([5, 5]);
    expect(await client.state.query()).toMatchObject({ accepted: [{ revision: 2 }], drift: [], unconfirmed: [] });
  });

  it('stays where it was confirmed in time while another cluster kept the director busy beyond that', async () => {
    const forwarder = new SlowForwarder();
    const { client, clock, applyId } = await changed({ openForwarder: () => Promise.resolve(forwarder) });
    const order = await reviewed(client, { clusterId: 'other', revision: 1, definition: cluster({ weights: [1] }) });
    forwarder.stand();
    const other = client.applyChange.mutate(order);
    await expect.poll(() => forwarder.stands, longWait).toBe(true);
    expect(await faultOf(client.confirm.mutate({ applyId }))).toMatchObject({ code: 'busy' });
    clock.advance(withinMs);
    forwarder.goOn();
    expect(await other).toMatchObject({ report: { outcome: { kind: 'applied' } } });
    await expect.poll(() => confirmationOf(client, applyId), longWait).toMatchObject({ kind: 'confirmed' });
    expect((await client.state.query()).accepted).toContainEqual(expect.objectContaining({ clusterId: 'web', revision: 2 }));
  });

  it('goes back when its time is over, and says what was done', async () => {
    const { client, clock, applyId } = await changed();
    clock.advance(withinMs);
    await expect.poll(() => confirmationOf(client, applyId), longWait).toMatchObject({
      kind: 'wentBack', why: 'notConfirmed', base: 1, stepCount: 2, remaining: [], remainingCount: 0, startedAtMs: startMs + withinMs,
    });
    expect(await weights(client)).toEqual([1]);
    expect(await client.state.query()).toMatchObject({ accepted: [{ revision: 1 }], drift: [], unconfirmed: [] });
    expect(await client.confirm.mutate({ applyId })).toMatchObject({ confirmation: { kind: 'wentBack' } });
  });

  it('goes back at once where a person says so', async () => {
    const { client, applyId } = await changed();
    expect(await client.goBack.mutate({ applyId })).toMatchObject({ confirmation: { kind: 'wentBack', why: 'ordered', base: 1 } });
    expect(await weights(client)).toEqual([1]);
  });

  it('that brought the cluster goes back to not having it, and one that took it off brings it back', async () => {
    const { client, clock } = await enrolledWithClock();
    const definition = cluster({ weights: [3] });
    const first = await applied(client, { clusterId: 'web', revision: 1, definition }, { confirmWithinMs: withinMs });
    clock.advance(withinMs);
    await expect.poll(() => confirmationOf(client, first.applyId), longWait).toMatchObject({ kind: 'wentBack', base: null });
    expect((await client.actual.query()).actual.services).toEqual([]);
    await applied(client, { clusterId: 'web', revision: 1, definition });
    const off = await applied(client, { clusterId: 'web', revision: 2, definition: null }, { confirmWithinMs: withinMs });
    expect(await client.state.query()).toMatchObject({ accepted: [], unconfirmed: [{ base: 1 }] });
    clock.advance(withinMs);
    await expect.poll(() => confirmationOf(client, off.applyId), longWait).toMatchObject({ kind: 'wentBack', base: 1 });
    expect(await weights(client)).toEqual([3]);
  });

  it('keeps the next change of its cluster out, and other clusters from what its base has', async () => {
    const { client, vip, applyId } = await changed();
    const next = await reviewed(client, { clusterId: 'web', revision: 3, definition: cluster({ vip, weights: [9] }) });
    expect(await faultOf(client.applyChange.mutate(next))).toEqual({ code: 'unconfirmed', params: { clusterId: 'web', revision: 2 } });
    await client.confirm.mutate({ applyId });
    const elsewhere = { clusterId: 'web', revision: 3, definition: cluster({ weights: [9] }) };
    await applied(client, elsewhere, { confirmWithinMs: withinMs });
    expect((await faultOf(client.plan.mutate({ clusterId: 'other', revision: 1, definition: cluster({ vip }) }))).code).toBe('claimed');
  });

  it('keeps overrides of what it would go back to', async () => {
    const { client, clock, vip, applyId } = await changed();
    await client.confirm.mutate({ applyId });
    await client.setOverride.mutate({ override: {
      id: 'o-1', target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-1' }, cause: 'manual', effect: { kind: 'weight', weight: 0 },
      author: 'ann', reason: '', startsAtMs: clock.nowMs(), endsAtMs: null,
    } });
    await applied(client, { clusterId: 'web', revision: 3, definition: cluster({ vip, weights: [7] }) }, { confirmWithinMs: withinMs });
    expect(await weights(client)).toEqual([7]);
    clock.advance(withinMs);
    await expect.poll(() => client.state.query(), longWait).toMatchObject({ accepted: [{ revision: 2 }], unconfirmed: [], overrides: [{ id: 'o-1' }], drift: [] });
    expect(await weights(client)).toEqual(expect.arrayContaining([0, 5]));
  });

  it('that was rolled back waits for nobody', async () => {
    const full: Fault = { code: 'limitReached', message: 'refused in a test', errno: null };
    const onTheSecond = (operation: Operation): Fault | null => (
      operation.kind === 'addRealServer' && operation.realServer.endpoint.rip === '127.0.8.30' ? full : null);
    const { client, applyId } = await changed({ troubles: { operation: onTheSecond } });
    expect(await client.state.query()).toMatchObject({ accepted: [{ revision: 1 }], unconfirmed: [] });
    expect(await client.confirm.mutate({ applyId })).toEqual({ confirmation: null });
  });

  it('that could not be rolled back because the disk refused waits on, and goes back in time', async () => {
    const dataFolder = await temporaryFolder();
    const accepted = join(dataFolder, 'accepted.json');
    const full: Fault = { code: 'limitReached', message: 'refused in a test', errno: null };
    const onTheSecond = (operation: Operation): Fault | null => {
      if (operation.kind !== 'addRealServer' || operation.realServer.endpoint.rip !== '127.0.8.30') return null;
      rmSync(accepted);
      mkdirSync(join(accepted, 'in the way'), { recursive: true });
      return full;
    };
    const { client, clock, applyId } = await changed({ dataFolder, troubles: { operation: onTheSecond } });
    const waits = { kind: 'waiting', deadlineMs: startMs + withinMs, goingBack: false };
    expect(await client.applyStatus.query({ applyId })).toMatchObject({ report: { outcome: { kind: 'rollbackFailed' }, accepted: 2 }, confirmation: waits });
    rmSync(accepted, { recursive: true });
    clock.advance(withinMs);
    await expect.poll(() => confirmationOf(client, applyId), longWait).toMatchObject({ kind: 'wentBack', base: 1, remaining: [] });
    expect(await weights(client)).toEqual([1]);
  });

  it('keeps a panel from letting the director go', async () => {
    const { client, clock } = await enrolledWithClock();
    await applied(client, { clusterId: 'web', revision: 1, definition: cluster() });
    await applied(client, { clusterId: 'web', revision: 2, definition: null }, { confirmWithinMs: withinMs });
    expect(await faultOf(client.release.mutate({ directorId: 'director-1' }))).toEqual({ code: 'stillHolds', params: { clusters: 1, operations: 0 } });
    expect(clock.nowMs()).toBe(startMs);
  });

  it('is not made of what only restores: there is nothing to go back to', async () => {
    const forwarder = new ProxyForwarder({ closeDeadlineMs: 500 });
    const { client, vip, applyId } = await changed({ openForwarder: () => Promise.resolve(forwarder) });
    await client.confirm.mutate({ applyId });
    const { services: [service] } = (await client.actual.query()).actual;
    const [removed] = service?.realServers ?? [];
    if (service === undefined || removed === undefined) throw new Error('there is one');
    await forwarder.apply([{ kind: 'removeRealServer', service: service.address, removed: { endpoint: removed.endpoint, settings: removed.settings } }], { onFailure: 'goOn' });
    const restoring = await reviewed(client, { clusterId: 'web', revision: 2, definition: cluster({ vip, weights: [5, 5] }) });
    expect(await faultOf(client.applyChange.mutate({ ...restoring, confirmWithinMs: withinMs }))).toEqual({ code: 'badRequest', params: { field: 'confirmWithinMs', reason: 'nothingToGoBackTo' } });
    expect(await weights(client)).toEqual([5]);
    expect(await client.applyChange.mutate(restoring)).toMatchObject({ report: { outcome: { kind: 'applied' } } });
    expect(await client.state.query()).toMatchObject({ drift: [], unconfirmed: [] });
  });

  it('that nobody knows is no change', async () => {
    const { client } = await enrolledWithClock();
    expect(await client.confirm.mutate({ applyId: 'none' })).toEqual({ confirmation: null });
    expect(await client.goBack.mutate({ applyId: 'none' })).toEqual({ confirmation: null });
  });
});

async function enrolledWithClock(): Promise<Bench & { readonly clock: ManualClock }> {
  const clock = new ManualClock(startMs);
  return { ...await enrolledAgent({ clock }), clock };
}

describe('going back that is refused', () => {
  const refused: Fault = { code: 'addressInUse', message: 'refused in a test', errno: null };

  it('is tried again, and done when it can be', async () => {
    let refuses = true;
    const { client, clock, applyId } = await changed({ troubles: { operation: ({ kind }) => (refuses && kind === 'removeRealServer' ? refused : null) } });
    clock.advance(withinMs);
    await expect.poll(() => client.state.query(), longWait).toMatchObject({ unconfirmed: [{ goingBack: true }], driftCount: 1, accepted: [{ revision: 1 }] });
    refuses = false;
    await expect.poll(async () => {
      clock.advance(1_000);
      return confirmationOf(client, applyId);
    }, longWait).toMatchObject({ kind: 'wentBack', remaining: [] });
    expect(await weights(client)).toEqual([1]);
  });

  it('again and again ends with what is left', async () => {
    const { client, clock, applyId } = await changed({ troubles: { operation: ({ kind }) => (kind === 'removeRealServer' ? refused : null) } });
    expect(await client.goBack.mutate({ applyId })).toMatchObject({ confirmation: { kind: 'waiting', goingBack: true } });
    await expect.poll(async () => {
      clock.advance(30_000);
      return confirmationOf(client, applyId);
    }, longWait).toMatchObject({
      kind: 'wentBack', why: 'ordered', stepCount: 2, remaining: [{ kind: 'removeRealServer' }], remainingCount: 1,
    });
    expect(await client.state.query()).toMatchObject({ accepted: [{ revision: 1 }], driftCount: 1, unconfirmed: [] });
  });
});

describe('an agent that was stopped while a change waited', () => {
  it('goes on waiting for what is left of its time', async () => {
    const { agent, panel, dataFolder, applyId } = await changed();
    await agent.stop();
    const clock = new ManualClock(startMs + 20_000);
    const client = panel.client((await runAgent({ dataFolder, clock })).address);
    await expect.poll(() => weights(client), longWait).toEqual([5, 5]);
    expect(await client.state.query()).toMatchObject({ unconfirmed: [{ applyId, deadlineMs: startMs + withinMs }] });
    clock.advance(9_999);
    expect(await weights(client)).toEqual([5, 5]);
    clock.advance(1);
    await expect.poll(() => confirmationOf(client, applyId), longWait).toMatchObject({ kind: 'wentBack', why: 'notConfirmed' });
    expect(await weights(client)).toEqual([1]);
  });

  it('goes back at its start when the time passed meanwhile, before it forwards anything else', async () => {
    const { agent, panel, dataFolder, applyId } = await changed();
    await agent.stop();
    const again = await runAgent({ dataFolder, clock: new ManualClock(startMs + withinMs) });
    const client = panel.client(again.address);
    await expect.poll(() => weights(client), longWait).toEqual([1]);
    await expect.poll(() => confirmationOf(client, applyId), longWait).toMatchObject({ kind: 'wentBack', why: 'notConfirmed', base: 1, remaining: [] });
    expect(await client.state.query()).toMatchObject({ accepted: [{ revision: 1 }], drift: [], unconfirmed: [] });
  });

  it('waits no longer than was given where the clock of its host was set back', async () => {
    const { agent, panel, dataFolder, applyId } = await changed();
    await agent.stop();
    const clock = new ManualClock(startMs - 86_400_000);
    const client = panel.client((await runAgent({ dataFolder, clock })).address);
    clock.advance(withinMs);
    await expect.poll(() => confirmationOf(client, applyId), longWait).toMatchObject({ kind: 'wentBack' });
  });

  it('remembers what was confirmed', async () => {
    const { agent, panel, client, dataFolder, applyId } = await changed();
    await client.confirm.mutate({ applyId });
    await agent.stop();
    const again = panel.client((await runAgent({ dataFolder, clock: new ManualClock(startMs + 3_600_000) })).address);
    await expect.poll(() => weights(again), longWait).toEqual([5, 5]);
    expect(await confirmationOf(again, applyId)).toEqual({ kind: 'confirmed', atMs: startMs });
  });

  it('waits for nothing where it ended before the change was accepted', async () => {
    const { agent, panel, dataFolder, applyId } = await changed();
    await agent.stop();
    const confirmations = JSON.parse(await readFile(join(dataFolder, 'confirmations.json'), 'utf8'));
    await writeFile(join(dataFolder, 'accepted.json'), JSON.stringify({ format: 1, clusters: [confirmations.waiting[0].base] }));
    const client = panel.client((await runAgent({ dataFolder, clock: new ManualClock(startMs) })).address);
    await expect.poll(() => client.state.query(), longWait).toMatchObject({ accepted: [{ revision: 1 }], unconfirmed: [], drift: [] });
    expect(await client.confirm.mutate({ applyId })).toEqual({ confirmation: null });
  });

  it('finishes going back', async () => {
    const { agent, panel, dataFolder, applyId } = await changed();
    await agent.stop();
    const path = join(dataFolder, 'confirmations.json');
    const confirmations = JSON.parse(await readFile(path, 'utf8'));
    confirmations.waiting[0].goingBack = { why: 'ordered', sinceMs: startMs + 1 };
    await writeFile(path, JSON.stringify(confirmations));
    const client = panel.client((await runAgent({ dataFolder, clock: new ManualClock(startMs + 2) })).address);
    await expect.poll(() => confirmationOf(client, applyId), longWait).toMatchObject({ kind: 'wentBack', why: 'ordered', startedAtMs: startMs + 1 });
    expect(await weights(client)).toEqual([1]);
  });

  it('does not start on a damaged file', async () => {
    const { agent, dataFolder } = await changed();
    await agent.stop();
    await writeFile(join(dataFolder, 'confirmations.json'), '{"format":1,"waiting":[{}],"ended":[]}');
    await expect(runAgent({ dataFolder })).rejects.toThrow(/confirmations\.json: the file is damaged/);
  });
});
