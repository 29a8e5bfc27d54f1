// Operators of some clusters only, through the panel's own server.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { refusalOf, startTestPanel } from '../testing/panel.ts';
import type { TestPanel } from '../testing/panel.ts';

let server: TestServer;
let panel: TestPanel;
let admin: string;
let ben: { id: string; email: string };

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  panel = await startTestPanel(await server.createDatabase());
  admin = await panel.signIn((await panel.person('Ann', 'admin')).email);
  ben = await panel.person('Ben', 'operator');
  for (const name of ['web', 'mail']) {
    await panel.services.db.cluster.create({ data: { id: `id-${name}`, name, headRevisionNumber: 1, wantedRevisionNumber: 1 } });
  }
  return () => panel.close();
});

const limit = (clusterIds: string[] | null, id = ben.id): Promise<void> => panel.api(admin).people.setClusters.mutate({ id, clusterIds });
const clustersInSession = async (): Promise<unknown> => (await panel.api(await panel.signIn(ben.email)).session.me.query())?.clusterIds;
const clustersInList = async (): Promise<unknown> => (await panel.api(admin).people.list.query()).find(({ id }) => id === ben.id)?.clusterIds;

describe('an operator', () => {
  it('is limited to clusters, to none, and to nothing again', async () => {
    expect(await clustersInSession()).toBeNull();
    for (const clusterIds of [['id-web'], [], null]) {
      await limit(clusterIds);
      expect(await clustersInSession()).toEqual(clusterIds);
      expect(await clustersInList()).toEqual(clusterIds);
    }
  });

  it('is limited from the first moment, when added so', async () => {
    const cleo = { name: 'Cleo', email: 'cleo@example.org', password: 'a long first password', role: 'operator' } as const;
    await panel.api(admin).people.create.mutate({ ...cleo, clusterIds: ['id-web'] });
    expect((await panel.api(admin).people.list.query()).find(({ name }) => name === 'Cleo')?.clusterIds).toEqual(['id-web']);
    expect(await panel.services.db.auditEntry.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({ action: 'people.create', after: { role: 'operator', clusters: ['web'] } });
    const dora = { ...cleo, name: 'Dora', email: 'dora@example.org' };
    expect(await refusalOf(panel.api(admin).people.create.mutate({ ...dora, clusterIds: ['nowhere'] }))).toMatchObject({ code: 'noSuchCluster' });
    expect(await refusalOf(panel.api(admin).people.create.mutate({ ...dora, role: 'viewer', clusterIds: [] }))).toMatchObject({ code: 'notAnOperator' });
    expect((await panel.api(admin).people.list.query()).some(({ name }) => name === 'Dora')).toBe(false);
  });

  it('loses the sessions by it at once, and the log says what was before and after, by name', async () => {
    await limit(['id-web']);
    const cookie = await panel.signIn(ben.email);
    const ended: string[] = [];
    panel.services.auth.sessions.onEnded((ids) => ended.push(...ids));
    await limit(['id-mail', 'id-web', 'id-mail']);
    expect(ended).toHaveLength(1);
    expect(await panel.api(cookie).session.me.query()).toBeNull();
    expect(await panel.services.db.auditEntry.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      action: 'people.setClusters', actorName: 'Ann', objectName: 'Ben', before: { clusters: ['web'] }, after: { clusters: ['mail', 'web'] },
    });
  });

  it('does not become one of all clusters when the last one goes away', async () => {
    await limit(['id-web']);
    await panel.services.db.cluster.delete({ where: { id: 'id-web' } });
    expect(await clustersInSession()).toEqual([]);
    expect(await refusalOf(panel.api(await panel.signIn(ben.email)).clusters.createTutorial.mutate({}))).toEqual({ code: 'limitedToClusters', status: 403 });
  });

  it('is limited still when an operator again, and not in the meantime', async () => {
    await limit(['id-web']);
    for (const [role, clusterIds] of [['admin', null], ['viewer', null], ['operator', ['id-web']]] as const) {
      await panel.api(admin).people.setRole.mutate({ id: ben.id, role });
      expect(await clustersInSession()).toEqual(clusterIds);
    }
  });

  it('is told of a cluster that is not theirs, and the log too', async () => {
    await limit(['id-web']);
    const { overrides } = panel.api(await panel.signIn(ben.email));
    expect(await refusalOf(overrides.end.mutate({ clusterId: 'id-mail', overrideIds: ['x'] }))).toEqual({ code: 'clusterNotYours', status: 403 });
    expect(await panel.services.db.auditEntry.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({ action: 'overrides.end', outcome: 'refused', actorName: 'Ben' });
  });

  it('is not limited to a cluster that is not there, and keeps the clusters and the sessions then', async () => {
    await limit(['id-web']);
    const cookie = await panel.signIn(ben.email);
    expect(await refusalOf(limit(['id-mail', 'id-none']))).toEqual({ code: 'noSuchCluster', status: 404 });
    expect(await panel.api(cookie).session.me.query()).toMatchObject({ clusterIds: ['id-web'] });
  });
});

it.each(['viewer', 'admin'] as const)('a person who is %s cannot be limited', async (role) => {
  const { id } = await panel.person('Eve', role);
  expect(await refusalOf(limit(['id-web'], id))).toEqual({ code: 'notAnOperator', status: 409 });
  await limit(null, id);
});

it.each([[['']], [['x'.repeat(10_000)]], [Array.from({ length: 1_001 }, (_, n) => `c${n}`)]])('no such list of clusters is taken: %#', async (clusterIds) => {
  expect(await refusalOf(limit(clusterIds))).toEqual({ code: 'badInput', status: 400 });
});
