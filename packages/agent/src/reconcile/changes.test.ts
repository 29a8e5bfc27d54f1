// Changes as a panel orders them, on a real proxy.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tutorialCluster } from '@weir/model';
import type { ActualTable, ClusterDefinition, Fault, Operation } from '@weir/model';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ForwarderError, ProxyForwarder } from '@weir/forwarder';
import { fetch } from 'undici';
import { enrolledAgent, runAgent, temporaryFolder } from '../testing/bench.ts';
import { applied, cluster, ownAddress, reportOf, reviewed } from '../testing/cluster.ts';
import { faultOf } from '../testing/test-panel.ts';

const refused: Fault = { code: 'limitReached', message: 'refused in a test', errno: null };

function onTheSecond(operation: Operation): Fault | null {
  return operation.kind === 'addRealServer' && operation.realServer.endpoint.rip === '127.0.8.30' ? refused : null;
}

function rulesOf({ services }: ActualTable): string[] {
  return services.flatMap(({ address, realServers }) => realServers.map(({ endpoint, settings }) => (
    `${address.kind === 'address' ? address.vip : ''} ${endpoint.rip} ${settings.weight}`)));
}

function first(definition: ClusterDefinition): { clusterId: string; revision: number; definition: ClusterDefinition } {
  return { clusterId: 'web', revision: 1, definition };
}

async function realServer(address: string): Promise<number> {
  const server = createServer((_request, response) => response.end(address));
  await new Promise<void>((resolve) => { server.listen(0, address, resolve); });
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  return (server.address() as AddressInfo).port;
}

describe('a change', () => {
  it('is forwarded by the real servers in turn once it is applied', async () => {
    const { client } = await enrolledAgent();
    const rip = ownAddress();
    const port = await realServer(rip);
    const definition = cluster({ realServers: [rip], weights: [1] });
    const [service] = definition.services;
    const [only] = service?.realServers ?? [];
    if (service?.match.kind !== 'address' || only === undefined) throw new Error('not the cluster of this test');
    only.port = port;
    const report = await applied(client, first(definition));
    expect(report).toMatchObject({ outcome: { kind: 'applied' }, accepted: 1, revision: 1 });
    expect(report.steps.map(({ operation, result }) => [operation.kind, result.status])).toEqual([['addService', 'done'], ['addRealServer', 'done']]);
    expect(await (await fetch(`http://${service.match.vip}:8080`)).text()).toBe(rip);
    expect((await client.connections.query({ limit: 10 })).entries[0]?.rip).toBe(rip);
    const found = async (within: { clusterId: string; serviceId?: string }, filter = {}): Promise<number | null> => (
      (await client.connections.query({ limit: 0, within, filter })).total);
    expect([await found({ clusterId: 'web' }), await found({ clusterId: 'web', serviceId: service.id })]).toEqual([1, 1]);
    expect([await found({ clusterId: 'other' }), await found({ clusterId: 'web', serviceId: 'other' }), await found({ clusterId: 'web' }, { client: '10.0.0.1' })]).toEqual([0, 0, 0]);
  });

  it('accepts the cluster of the tutorial', async () => {
    const { client } = await enrolledAgent();
    const definition = tutorialCluster('director-1');
    const vip = ownAddress();
    definition.vips = [{ address: vip, holder: 'director-1' }];
    const [service] = definition.services;
    if (service?.match.kind === 'address') service.match.vip = vip;
    expect((await applied(client, first(definition))).outcome).toEqual({ kind: 'applied' });
  });

  it('applies only the difference, and the state says what is accepted', async () => {
    const { client } = await enrolledAgent();
    const vip = ownAddress();
    await applied(client, first(cluster({ vip })));
    const report = await applied(client, { clusterId: 'web', revision: 2, definition: cluster({ vip, weights: [1, 5] }) });
    expect(report.steps.map(({ operation }) => operation.kind)).toEqual(['setRealServer']);
    expect(await client.state.query()).toMatchObject({ accepted: [{ clusterId: 'web', revision: 2 }], drift: [], driftSinceMs: null });
  });

  it('with no definition takes the cluster off', async () => {
    const { client } = await enrolledAgent();
    await applied(client, first(cluster()));
    const report = await applied(client, { clusterId: 'web', revision: 2, definition: null });
    expect(report).toMatchObject({ outcome: { kind: 'applied' }, accepted: null });
    expect((await client.actual.query()).actual.services).toEqual([]);
    expect((await client.state.query()).accepted).toEqual([]);
  });

  it('sent again under its id gives the report of the first time', async () => {
    const { client } = await enrolledAgent();
    const input = await reviewed(client, first(cluster()));
    const [one, two] = await Promise.all([client.applyChange.mutate(input), client.applyChange.mutate(input)]);
    expect(two).toEqual(one);
    expect(await client.applyChange.mutate(input)).toEqual(one);
    expect(await client.applyStatus.query({ applyId: input.applyId })).toEqual({ kind: 'report', report: reportOf(one), confirmation: null });
  });

  it('that nobody sent is unknown', async () => {
    const { client } = await enrolledAgent();
    expect(await client.applyStatus.query({ applyId: randomUUID() })).toEqual({ kind: 'unknown' });
  });

  it('leaves the last 20 reports on the disk', async () => {
    const { client } = await enrolledAgent();
    const vip = ownAddress();
    const ids: string[] = [];
    for (let revision = 1; revision <= 22; revision += 1) {
      const { applyId } = await applied(client, { clusterId: 'web', revision, definition: cluster({ vip, weights: [revision] }) });
      ids.push(applyId);
    }
    const kinds = await Promise.all(ids.map(async (applyId) => (await client.applyStatus.query({ applyId })).kind));
    expect(kinds.filter((kind) => kind === 'report')).toHaveLength(20);
    expect(kinds.slice(0, 2)).toEqual(['unknown', 'unknown']);
  });
});

describe('a change is refused, and nothing is changed,', () => {
  it('when it is not the one that was reviewed', async () => {
    const { client } = await enrolledAgent();
    const input = await reviewed(client, first(cluster()));
    const answer = await client.applyChange.mutate({ ...input, digest: 'a'.repeat(64) });
    expect(answer).toMatchObject({ kind: 'refused', why: 'planChanged', plan: { digest: input.digest, replaces: null } });
    expect((await client.actual.query()).actual.services).toEqual([]);
    expect((await client.state.query()).accepted).toEqual([]);
    expect(await client.applyStatus.query({ applyId: input.applyId })).toEqual({ kind: 'unknown' });
  });

  it('when it replaces another revision than the accepted one', async () => {
    const { client } = await enrolledAgent();
    const vip = ownAddress();
    await applied(client, first(cluster({ vip })));
    const input = await reviewed(client, { clusterId: 'web', revision: 3, definition: cluster({ vip, weights: [7] }) });
    expect(await client.applyChange.mutate({ ...input, replaces: 2 })).toMatchObject({ kind: 'refused', why: 'replacesOther', plan: { replaces: 1 } });
    expect(await client.applyChange.mutate({ ...input, replaces: null })).toMatchObject({ kind: 'refused', why: 'replacesOther' });
  });

  it('when the driver cannot do it', async () => {
    const { client } = await enrolledAgent();
    const definition = cluster();
    const [realServerOfIt] = definition.services[0]?.realServers ?? [];
    if (realServerOfIt !== undefined) realServerOfIt.method = { kind: 'dr' };
    const answer = await client.applyChange.mutate(await reviewed(client, first(definition)));
    expect(answer).toMatchObject({ kind: 'refused', why: 'unsupported' });
    expect(answer.kind === 'refused' && answer.plan.findings).toContainEqual(expect.objectContaining({ code: 'unsupportedByDriver', severity: 'error' }));
  });

  it('when another cluster has the service', async () => {
    const { client } = await enrolledAgent();
    const vip = ownAddress();
    await applied(client, first(cluster({ vip })));
    expect(await faultOf(client.plan.mutate({ clusterId: 'other', revision: 1, definition: cluster({ vip }) })))
      .toEqual({ code: 'claimed', params: { service: `tcp ${vip}:8080`, clusterId: 'web' } });
  });

  it('when another one is under way for long', async () => {
    const { client } = await enrolledAgent({
      troubles: { operation: ({ kind }) => (kind === 'addService' ? 'hang' : null) }, deadlines: { readMs: 1_000, applyMs: 7_000 },
    });
    const input = await reviewed(client, first(cluster()));
    const hanging = faultOf(client.applyChange.mutate(input));
    await expect.poll(() => client.applyStatus.query({ applyId: input.applyId })).toEqual({ kind: 'running' });
    const other = { ...input, applyId: randomUUID(), clusterId: 'other' };
    expect((await faultOf(client.applyChange.mutate(other))).code).toBe('busy');
    expect(await hanging).toMatchObject({ code: 'forwarderFailed', params: { operation: 'apply' } });
    expect(await client.applyStatus.query({ applyId: input.applyId })).toEqual({ kind: 'running' });
  });
});

describe('a change that the forwarder refuses in part', () => {
  it('is rolled back: what was accepted before is accepted again', async () => {
    const dataFolder = await temporaryFolder();
    const { agent, panel, client } = await enrolledAgent({ dataFolder, troubles: { operation: onTheSecond } });
    const vip = ownAddress();
    await applied(client, first(cluster({ vip, weights: [1] })));
    const report = await applied(client, { clusterId: 'web', revision: 2, definition: cluster({ vip, weights: [9, 1] }) });
    expect(report).toMatchObject({ outcome: { kind: 'rolledBack' }, accepted: 1 });
    expect(report.steps.map(({ result }) => result.status)).toEqual(['failed', 'skipped']);
    expect(rulesOf((await client.actual.query()).actual)).toEqual([`${vip} 127.0.8.20 1`]);
    expect(await client.state.query()).toMatchObject({ accepted: [{ revision: 1 }], drift: [] });
    await agent.stop();
    const again = await runAgent({ dataFolder });
    expect(await panel.client(again.address).state.query()).toMatchObject({ accepted: [{ revision: 1 }], drift: [] });
  });

  it('is undone in the operations that were done', async () => {
    const { client } = await enrolledAgent({ troubles: { operation: onTheSecond } });
    const report = await applied(client, first(cluster({ weights: [1, 1] })));
    expect(report.steps.map(({ result }) => result.status)).toEqual(['done', 'done', 'failed']);
    expect(report.outcome.kind === 'rolledBack' && report.outcome.undone.map(({ operation }) => operation.kind)).toEqual(['removeService']);
    expect(report.accepted).toBeNull();
    expect((await client.actual.query()).actual.services).toEqual([]);
  });

  it('says what is left when it cannot be undone either', async () => {
    const { client } = await enrolledAgent({
      troubles: { operation: (operation) => (operation.kind === 'removeService' ? refused : onTheSecond(operation)) },
    });
    const report = await applied(client, first(cluster({ weights: [1, 1] })));
    expect(report).toMatchObject({ outcome: { kind: 'rollbackFailed', remaining: [{ kind: 'removeService' }] }, accepted: null });
    expect((await client.state.query()).drift).toMatchObject([{ kind: 'removeService' }]);
  });

  it('goes on with the rest where a person said so, and says what remains', async () => {
    const { client } = await enrolledAgent({ troubles: { operation: onTheSecond } });
    const report = await applied(client, first(cluster({ weights: [1, 1, 1] })), { onFailure: 'goOn' });
    expect(report.steps.map(({ result }) => result.status)).toEqual(['done', 'done', 'failed', 'done']);
    expect(report).toMatchObject({ outcome: { kind: 'partlyApplied', remaining: [{ kind: 'addRealServer' }] }, accepted: 1 });
    const state = await client.state.query();
    expect(state.drift).toHaveLength(1);
    expect(state.driftSinceMs).not.toBeNull();
  });

  it('leaves a service the real server whose replacement was refused, and says so', async () => {
    const { client } = await enrolledAgent({ troubles: { operation: onTheSecond } });
    const vip = ownAddress();
    await applied(client, first(cluster({ vip, weights: [1] })));
    const report = await applied(client, { clusterId: 'web', revision: 2, definition: cluster({ vip, weights: [1], realServers: ['127.0.8.30'] }) }, { onFailure: 'goOn' });
    expect(report.steps.map(({ operation: { kind }, result }) => [kind, result.status === 'skipped' ? result.why : result.status]))
      .toEqual([['addRealServer', 'failed'], ['removeRealServer', 'additionRefused']]);
    expect(report).toMatchObject({ outcome: { kind: 'partlyApplied', remaining: [{ kind: 'addRealServer' }, { kind: 'removeRealServer' }] }, accepted: 2 });
    expect(rulesOf((await client.actual.query()).actual)).toEqual([`${vip} 127.0.8.20 1`]);
  });

  it('is rolled back when the forwarder as a whole fails', async () => {
    let fails = false;
    const { client } = await enrolledAgent({
      troubles: { call: (name) => (fails && name === 'apply' ? new ForwarderError('apply', 'refused in a test') : null) },
    });
    const input = await reviewed(client, first(cluster()));
    fails = true;
    const report = reportOf(await client.applyChange.mutate(input));
    expect(report).toMatchObject({ outcome: { kind: 'rolledBack', undone: [] }, accepted: null });
    expect(report.steps.every(({ result }) => result.status === 'failed')).toBe(true);
  });
});

describe('a change of one cluster', () => {
  it('leaves the drift of another alone', async () => {
    let refuses = true;
    const lost = ownAddress();
    const { client } = await enrolledAgent({
      troubles: { operation: (operation) => (
        refuses && operation.kind === 'addRealServer' && operation.service.kind === 'address' && operation.service.vip === lost ? refused : null) },
    });
    await applied(client, { clusterId: 'lost', revision: 1, definition: cluster({ vip: lost, weights: [1] }) }, { onFailure: 'goOn' });
    refuses = false;
    expect(await applied(client, first(cluster()))).toMatchObject({ outcome: { kind: 'applied' } });
    expect((await client.state.query()).drift).toMatchObject([{ kind: 'addRealServer', service: { vip: lost } }]);
    expect(await applied(client, { clusterId: 'lost', revision: 1, definition: cluster({ vip: lost, weights: [1] }) }))
      .toMatchObject({ outcome: { kind: 'applied' } });
    expect((await client.state.query()).drift).toEqual([]);
  });

  it('is finished though the panel that ordered it is gone', async () => {
    let release: (() => void) | null = null;
    const held = new Promise<void>((resolve) => { release = resolve; });
    const { agent, panel, client } = await enrolledAgent({
      openForwarder: () => {
        const proxy = new ProxyForwarder({ closeDeadlineMs: 500 });
        const apply = proxy.apply.bind(proxy);
        proxy.apply = async (operations, options) => {
          if (operations.length > 0) await held;
          return apply(operations, options);
        };
        return Promise.resolve(proxy);
      },
    });
    const input = await reviewed(client, first(cluster()));
    const gone = new AbortController();
    const lost = client.applyChange.mutate(input, { signal: gone.signal }).catch(() => 'lost');
    await expect.poll(() => client.applyStatus.query({ applyId: input.applyId })).toEqual({ kind: 'running' });
    gone.abort();
    expect(await lost).toBe('lost');
    (release as (() => void) | null)?.();
    await expect.poll(() => panel.client(agent.address).applyStatus.query({ applyId: input.applyId })).toMatchObject({
      kind: 'report', report: { outcome: { kind: 'applied' } },
    });
  });
});
