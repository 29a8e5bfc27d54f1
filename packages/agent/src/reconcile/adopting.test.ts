// Services that others made: taken over by a person's order alone, and given back as they were where that is undone.
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import { effective } from '@weir/model';
import type { ActualService, ClusterDefinition, Fault, Operation } from '@weir/model';
import { expect, it, onTestFinished } from 'vitest';
import { enrolledAgent, runAgent, temporaryFolder } from '../testing/bench.ts';
import type { Bench } from '../testing/bench.ts';
import { applied, cluster, ownAddress, reviewed } from '../testing/cluster.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { outliving } from '../testing/outliving.ts';
import { DIRECTOR } from '../testing/test-panel.ts';

const startMs = 1_800_000_000_000;
const longWait = { timeout: 15_000, interval: 50 };

interface Stage extends Bench {
  readonly proxy: ProxyForwarder;
  readonly vip: string;
  readonly clock: ManualClock;
  readonly found: () => Promise<ActualService | undefined>;
  readonly again: () => Promise<Bench['client']>;
}

function additionsOf(definition: ClusterDefinition): Operation[] {
  return effective({ directorId: DIRECTOR, accepted: [{ clusterId: 'c', revision: 1, definition }], overrides: [], nowMs: 0 }).services.flatMap(({ address, settings, realServers }): Operation[] => [
    { kind: 'addService', service: address, settings }, ...realServers.map((realServer): Operation => ({ kind: 'addRealServer', service: address, realServer })),
  ]);
}

/** Somebody has put a service there, with weights 3 and 4. */
async function stage(fault: (operation: Operation) => Fault | null = () => null): Promise<Stage> {
  const proxy = new ProxyForwarder({ closeDeadlineMs: 500 });
  onTestFinished(() => proxy.close());
  const openForwarder = (): Promise<Forwarder> => Promise.resolve(outliving(new FaultyForwarder(proxy, { operation: fault })));
  const clock = new ManualClock(startMs);
  const dataFolder = await temporaryFolder();
  const bench = await enrolledAgent({ dataFolder, openForwarder, clock });
  const vip = ownAddress();
  await proxy.apply(additionsOf(cluster({ vip, weights: [3, 4] })), { onFailure: 'goOn' });
  return {
    ...bench, proxy, vip, clock,
    found: async () => (await bench.client.actual.query()).actual.services.find(({ address }) => address.kind === 'address' && address.vip === vip),
    again: async () => {
      await bench.agent.stop();
      return bench.panel.client((await runAgent({ dataFolder, openForwarder, clock })).address);
    },
  };
}

const wanting = (definition: ClusterDefinition, revision = 1) => ({ clusterId: 'web', revision, definition });
const weightsOf = (service: ActualService | undefined) => service?.realServers.map(({ settings }) => settings.weight);

it('one that is wanted as it is becomes Weir\'s and nothing else changes, and is Weir\'s for the next agent too', async () => {
  const { client, vip, found, again } = await stage();
  expect(await found()).toMatchObject({ foreign: true });
  const definition = cluster({ vip, weights: [3, 4] });
  const plan = await client.plan.mutate(wanting(definition));
  expect(plan).toMatchObject({ findings: [], operations: [{ operation: { kind: 'adoptService' }, cost: { connections: 0, fate: 'none' } }] });
  expect(await applied(client, wanting(definition))).toMatchObject({ outcome: { kind: 'applied' } });
  expect(await found()).toMatchObject({ foreign: false });
  const next = await again();
  expect(await next.state.query()).toMatchObject({ drift: [] });
});

it('one that is wanted otherwise is taken over and then changed, as the plan says', async () => {
  const { client, vip, found } = await stage();
  const { steps, outcome } = await applied(client, wanting(cluster({ vip, weights: [3, 9] })));
  expect(steps.map(({ operation, result }) => [operation.kind, result.status])).toEqual([['adoptService', 'done'], ['setRealServer', 'done']]);
  expect(outcome).toEqual({ kind: 'applied' });
  expect(weightsOf(await found())).toEqual([3, 9]);
});

it('is refused where somebody has changed it since the review', async () => {
  const { client, proxy, vip, found } = await stage();
  const order = await reviewed(client, wanting(cluster({ vip, weights: [3, 4] })));
  const service = await found();
  const [first] = service?.realServers ?? [];
  if (service === undefined || first === undefined) throw new Error('it is there');
  await proxy.apply([{ kind: 'setRealServer', service: service.address, endpoint: first.endpoint, before: first.settings, after: { ...first.settings, weight: 8 } }], { onFailure: 'goOn' });
  expect(await client.applyChange.mutate(order)).toMatchObject({ kind: 'refused', why: 'planChanged' });
  expect(await found()).toMatchObject({ foreign: true });
});

it('goes back to others, as it was found, where the change is rolled back', async () => {
  const refused: Fault = { code: 'limitReached', message: 'refused in a test', errno: null };
  const { client, vip, found } = await stage((operation) => (operation.kind === 'removeRealServer' ? refused : null));
  expect(await applied(client, wanting(cluster({ vip, weights: [9] })))).toMatchObject({ outcome: { kind: 'rolledBack', undone: [{ operation: { kind: 'setRealServer' } }] }, accepted: null });
  const service = await found();
  expect([service?.foreign, weightsOf(service)]).toEqual([true, [3, 4]]);
  expect(await client.state.query()).toMatchObject({ accepted: [], drift: [] });
});

it('goes back to others, as it was found, where nobody confirms the change', async () => {
  const { client, vip, found, clock } = await stage();
  const { applyId } = await applied(client, wanting(cluster({ vip, weights: [9, 9] })), { confirmWithinMs: 60_000 });
  expect(weightsOf(await found())).toEqual([9, 9]);
  clock.advance(60_000);
  await expect.poll(async () => {
    const status = await client.applyStatus.query({ applyId });
    return status.kind === 'report' ? status.confirmation : null;
  }, longWait).toMatchObject({ kind: 'wentBack', remaining: [] });
  const service = await found();
  expect([service?.foreign, weightsOf(service)]).toEqual([true, [3, 4]]);
  expect(await client.state.query()).toMatchObject({ accepted: [], drift: [] });
});

it('is taken over by nobody\'s order but a person\'s: what others put where one is accepted is drift, also for the next agent', async () => {
  const exists: Fault = { code: 'alreadyExists', message: 'there is one', errno: null };
  const { client, proxy, vip, found, again } = await stage((operation) => (operation.kind === 'addService' ? exists : null));
  const service = await found();
  if (service === undefined) throw new Error('it is there');
  await proxy.apply([{ kind: 'removeService', service: service.address, removed: service }], { onFailure: 'goOn' });
  const definition = cluster({ vip, weights: [3, 4] });
  expect(await applied(client, wanting(definition), { onFailure: 'goOn' })).toMatchObject({ outcome: { kind: 'partlyApplied' }, accepted: 1 });
  await proxy.apply(additionsOf(definition), { onFailure: 'goOn' });
  const drifts = { drift: [{ kind: 'adoptService' }] };
  const foreign = { actual: { services: [{ foreign: true }] } };
  expect([await client.state.query(), await client.actual.query()]).toMatchObject([drifts, foreign]);
  const next = await again();
  expect([await next.state.query(), await next.actual.query()]).toMatchObject([drifts, foreign]);
});

it('is taken over by no way back either: what others put meanwhile where one was stays theirs, and is said to be left', async () => {
  const { client, proxy, vip, found, clock } = await stage();
  await applied(client, wanting(cluster({ vip, weights: [3, 4] })));
  const { applyId } = await applied(client, { clusterId: 'web', revision: 2, definition: null }, { confirmWithinMs: 60_000 });
  expect(await found()).toBeUndefined();
  await proxy.apply(additionsOf(cluster({ vip, weights: [5, 6] })), { onFailure: 'goOn' });
  await expect.poll(async () => {
    clock.advance(60_000);
    const status = await client.applyStatus.query({ applyId });
    return status.kind === 'report' ? status.confirmation : null;
  }, longWait).toMatchObject({ kind: 'wentBack', base: 1, steps: [], remaining: [{ kind: 'adoptService' }, { kind: 'setRealServer' }, { kind: 'setRealServer' }] });
  const service = await found();
  expect([service?.foreign, weightsOf(service)]).toEqual([true, [5, 6]]);
});
