// Answers of agents that the database could not keep as they are.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ann, startTestPlane } from '../../testing/control-plane.ts';
import type { TestPlane } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { longWait, webCluster } from '../../testing/directors.ts';
import { bodyOf, result, startFalseAgent } from '../../testing/agents/false-agent.ts';

let server: TestServer;
let plane: TestPlane;

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

const plan = { replaces: null, operations: [], digest: 'ab'.repeat(32), findings: [], readAtMs: 1 };
const operation = {
  kind: 'addService', service: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 },
  settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false },
};

it('a report with a zero byte and half of a surrogate pair is kept, readable', async () => {
  const agent = await startFalseAgent();
  const { directorId } = await plane.gateway.enrol(ann, { code: agent.code, name: agent.address });
  const { clusterId } = await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId] }), reason: '' });
  const fault = { code: 'unexpected', message: 'no \0 \uD83D\uDE00 \uD83D', errno: null };
  agent.answers['plan'] = (response) => result(response, plan);
  agent.answers['applyChange'] = async (response, request) => {
    const { applyId } = JSON.parse(await bodyOf(request)) as { applyId: string };
    const steps = [{ operation, cost: { connections: 0, fate: 'none' }, result: { status: 'failed', fault } }];
    result(response, { kind: 'report', report: { applyId, clusterId, revision: 1, steps, outcome: { kind: 'partlyApplied', remaining: [] }, accepted: 1, startedAtMs: 0, finishedAtMs: 1 } });
  };
  const directors = [{ directorId, digest: plan.digest, replaces: null }];
  const { applyId } = await plane.changes.apply(ann, { clusterId, revision: 1, directors, onFailure: 'goOn' });
  await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
  const [told] = (await plane.changes.get(applyId)).directors;
  expect(told?.report?.steps[0]?.result).toEqual({ status: 'failed', fault: { ...fault, message: 'no \uFFFD \uD83D\uDE00 \uFFFD' } });
  await agent.stop();
});
