// Agents of another version of the protocol: one older is spoken to, as recorded from a real one; two older, or newer, is refused in words.
import type { ServiceHealth } from '@weir/model';
import { OLDEST_AGENT_VERSION, PROTOCOL_VERSION } from '@weir/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wordsOf } from '../../../i18n/testing/words.ts';
import { clusterTopic } from '../../../live/topic.ts';
import { ann, longDeadlines, startTestPlane } from '../../testing/control-plane.ts';
import type { TestPlane } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { linkIs, longWait, webCluster } from '../../testing/directors.ts';
import { startFalseAgent } from '../../testing/agents/false-agent.ts';
import { recordedRealServers, recordedVip, startRecordedAgent } from '../../testing/agents/recorded-agent.ts';
import type { RecordedAgent } from '../../testing/agents/recorded-agent.ts';

let server: TestServer;
let plane: TestPlane;
let agent: RecordedAgent;
let directorId: string;
let clusterName: string;

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { deadlines: longDeadlines });
  agent = await startRecordedAgent();
  ({ directorId } = await plane.gateway.enrol(ann, { code: agent.code, name: 'older' }));
  const realServers = recordedRealServers.map((address, index) => ({ address, port: 8080, weight: index + 1 }));
  const definition = webCluster({ directorIds: [directorId], vip: recordedVip, realServers });
  clusterName = definition.name;
  agent.clusterId = (await plane.clusters.create(ann, { definition, reason: '' })).clusterId;
});
afterAll(async () => {
  await plane.close();
  await agent.stop();
  await server.remove();
});

describe('an agent of version 2', () => {
  it('is enrolled in its own version, after it refused the newer one', async () => {
    expect(agent.enrolledIn).toEqual([PROTOCOL_VERSION, 2]);
    await linkIs(plane, directorId, 'connected');
    expect(plane.gateway.director(directorId)?.hello?.version).toBe(2);
    expect(plane.gateway.health(directorId)).toBeNull();
  });

  it('tells its state', async () => {
    await vi.waitFor(() => expect(plane.gateway.director(directorId)).toMatchObject({ drift: 1, link: { error: null } }), longWait);
    expect(plane.gateway.state(directorId)).toMatchObject({ accepted: [{ revision: 1 }], overrides: [{ author: 'Ann', reason: 'disk full' }] });
  });

  it('gives live figures', async () => {
    await vi.waitFor(async () => expect((await plane.live.history(clusterTopic(agent.clusterId), 60)).at(-1)?.services).toMatchObject([
      { directors: [directorId], figures: { active: 2, totals: { connections: '3', bytesIn: '27' } }, realServers: [{ weight: 1 }, { weight: 0 }, { weight: 3 }] },
    ]), longWait);
  });

  it('counts connections in no groups, and is not asked for a network, which it would not look for', async () => {
    const client = plane.gateway.client(directorId);
    expect(await client.connections({ limit: 10, groupBy: 'client' })).toMatchObject({ total: 2, groups: null });
    await expect(client.follow({ clusterId: agent.clusterId, client: '127.0.0.1', clientPort: null })).rejects.toMatchObject({ code: 'agentTooOld' });
    await expect(client.connections({ limit: 10, filter: { network: '127.0.0.0/8' } })).rejects.toMatchObject({ code: 'agentTooOld' });
  });

  it('plans, applies, and takes an override', async () => {
    const { directors: [planned] } = await plane.changes.plan(agent.clusterId);
    expect(planned?.plan).toMatchObject({ replaces: 1, findings: [] });
    const directors = [{ directorId, digest: planned?.plan?.digest ?? '', replaces: 1 }];
    // It does not say how many connections there are: whatever is ordered of it may be above the limit.
    const { applyId } = await plane.changes.apply(ann, { clusterId: agent.clusterId, revision: 1, directors, onFailure: 'rollBack', name: clusterName });
    await vi.waitFor(async () => expect(await plane.changes.get(applyId)).toMatchObject({ directors: [{ state: 'done', report: { outcome: { kind: 'applied' } } }] }), longWait);
    const [override] = plane.gateway.state(directorId)?.overrides ?? [];
    if (override === undefined) throw new Error('no override');
    expect((await plane.gateway.client(directorId).setOverride(override)).overrides).toHaveLength(1);
  });
});

const health: ServiceHealth = {
  checks: [{ id: 'tcp', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 1_000, changingIntervalMs: null, timeoutMs: 500, rise: 2, fall: 3 }],
  first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};

describe('an agent of version 2 and a definition that says what is asked of real servers', () => {
  it('plans it without, and a finding says that this director asks nothing', async () => {
    const plain = webCluster({ directorIds: [directorId], vip: recordedVip, realServers: [] });
    const definition = { ...plain, services: plain.services.map((service) => ({ ...service, health })) };
    const { findings } = await plane.gateway.client(directorId).plan({ clusterId: agent.clusterId, revision: 2, definition });
    expect(findings).toEqual([{ code: 'agentTooOldForHealth', severity: 'warning', path: ['services', 0], params: { version: 2 } }]);
    expect(wordsOf('en').t('findings.agentTooOldForHealth', { version: 2 })).toContain('speaks version 2 of the protocol');
  });
});

describe('an agent of a version that this panel does not speak', () => {
  it.each([[OLDEST_AGENT_VERSION - 1, 'agent'], [PROTOCOL_VERSION + 1, 'panel']])('is not enrolled: %i', async (version, update) => {
    const other = await startFalseAgent({
      enrol: (response) => {
        const fault = { code: 'versionMismatch', params: { agent: version, panel: PROTOCOL_VERSION } };
        response.writeHead(412, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'versionMismatch', code: -32_012, data: { code: 'PRECONDITION_FAILED', httpStatus: 412, path: 'enrol', fault } } }));
      },
    });
    const refused = { code: 'directorVersion', params: { director: other.address, agent: version, panel: PROTOCOL_VERSION, oldest: OLDEST_AGENT_VERSION, update } };
    await expect(plane.gateway.enrol(ann, { code: other.code, name: `version ${version}` })).rejects.toMatchObject(refused);
    expect(other.asked).toEqual(['enrol']);
    expect(wordsOf('en').t('errors.directorVersion', refused.params)).toBe(
      `${other.address} speaks version ${version} of the protocol, this panel versions 2 to 3. Update ${update === 'agent' ? `the agent of ${other.address}` : 'the panel'}.`);
    expect(wordsOf('zh-CN').t('errors.directorVersion', refused.params)).toContain(update === 'agent' ? `请更新${other.address} 的代理。` : '请更新面板。');
    expect(await plane.db.director.count()).toBe(1);
    await other.stop();
  });
});
