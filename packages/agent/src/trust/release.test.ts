// A panel lets its agent go: only when nothing is left that it made, and only the director it means.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { enrolledAgent, makePanel } from '../testing/bench.ts';
import { applied, cluster } from '../testing/cluster.ts';
import { DIRECTOR, faultOf } from '../testing/test-panel.ts';

it('an agent that holds nothing forgets its panel and takes the next code, without a restart', async () => {
  const { agent, client } = await enrolledAgent();
  await expect(client.release.mutate({ directorId: DIRECTOR })).resolves.toHaveProperty('releasedAtMs');
  expect((await faultOf(client.hello.query())).code).toBe('notEnrolled');
  const next = await makePanel();
  await next.enrol(await agent.code());
  await expect(next.client(agent.address).hello.query()).resolves.toMatchObject({ directorId: DIRECTOR });
});

it('an agent that still holds a cluster stays bound and goes on forwarding', async () => {
  const { client } = await enrolledAgent();
  const clusterId = randomUUID();
  await applied(client, { clusterId, revision: 1, definition: cluster() });
  expect(await faultOf(client.release.mutate({ directorId: DIRECTOR }))).toEqual({ code: 'stillHolds', params: { clusters: 1, operations: 0 } });
  expect((await client.state.query()).accepted).toHaveLength(1);
  await applied(client, { clusterId, revision: 2, definition: null });
  await client.release.mutate({ directorId: DIRECTOR });
});

it('what the forwarder could not give up is not left behind without a panel', async () => {
  let failing = false;
  const { client } = await enrolledAgent({ troubles: { operation: () => (failing ? { code: 'unexpected', message: 'out of order', errno: null } : null) } });
  const clusterId = randomUUID();
  await applied(client, { clusterId, revision: 1, definition: cluster() });
  failing = true;
  const { outcome } = await applied(client, { clusterId, revision: 2, definition: null }, { onFailure: 'goOn' });
  expect(outcome.kind).toBe('partlyApplied');
  expect(await faultOf(client.release.mutate({ directorId: DIRECTOR }))).toEqual({ code: 'stillHolds', params: { clusters: 0, operations: 1 } });
});

it('another director than the one meant is not let go', async () => {
  const { client } = await enrolledAgent();
  expect((await faultOf(client.release.mutate({ directorId: 'another' }))).code).toBe('badRequest');
  await expect(client.hello.query()).resolves.toMatchObject({ directorId: DIRECTOR });
});

it('nobody else lets it go', async () => {
  const { agent, client } = await enrolledAgent();
  const stranger = await makePanel();
  expect((await faultOf(stranger.client(agent.address).release.mutate({ directorId: DIRECTOR }))).code).toBe('wrongKey');
  await expect(client.hello.query()).resolves.toMatchObject({ directorId: DIRECTOR });
});
