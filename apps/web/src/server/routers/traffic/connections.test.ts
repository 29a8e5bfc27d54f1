// Who gets which part of the connections, and what is asked that does not fit.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestPanel } from '../../testing/panel.ts';
import type { TestPanel } from '../../testing/panel.ts';

let panel: TestPanel;
let operator: string;
let viewer: string;

beforeAll(async () => {
  panel = await openTestPanel();
  operator = await panel.signIn((await panel.person('Olga', 'operator')).email);
  viewer = await panel.signIn((await panel.person('Vera', 'viewer')).email);
});
afterAll(() => panel.close());

async function answer(cookie: string, procedure: string, input: unknown): Promise<{ code: string; paths: string[] }> {
  const response = await fetch(`${panel.origin}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, { headers: { cookie } });
  const { error } = await response.json() as { error: { json: { data: { error: { code: string; issues?: { path: (string | number)[] }[] } } } } };
  const { code, issues = [] } = error.json.data.error;
  return { code, paths: issues.map(({ path }) => path.join('.')) };
}

it.each<[string, object]>([
  ['filter.client', { client: '10.0.0.0/8' }], ['filter.network', { network: '10.0.0.0/33' }], ['filter.rip', { rip: 'rs1' }], ['filter.state', { state: 'a b' }], ['filter.serviceId', { serviceId: '../x' }], ['filter.directorId', { directorId: '' }],
])('what %s asks and does not fit is refused by that name', async (path, filter) => {
  expect(await answer(operator, 'connections.find', { clusterId: 'c', filter })).toEqual({ code: 'badInput', paths: [path] });
});

it('who follows a client operates the cluster, and names an address and a port', async () => {
  expect(await answer(viewer, 'connections.follow', { clusterId: 'c', client: '10.0.0.1', clientPort: null })).toMatchObject({ code: 'roleTooSmall' });
  expect(await answer(operator, 'connections.follow', { clusterId: 'c', client: '10.0.0.0/8', clientPort: 0 })).toEqual({ code: 'badInput', paths: ['client', 'clientPort'] });
  expect(await answer(operator, 'connections.follow', { clusterId: 'c', client: '10.0.0.1', clientPort: 65_535 })).toMatchObject({ code: 'noSuchCluster' });
});

it('a viewer counts, and neither lists clients nor looks for one', async () => {
  expect(await answer(viewer, 'connections.find', { clusterId: 'c', filter: {} })).toMatchObject({ code: 'roleTooSmall' });
  expect(await answer(viewer, 'connections.counts', { clusterId: 'c', filter: { client: '10.0.0.1' } })).toEqual({ code: 'badInput', paths: ['filter'] });
  expect(await answer(viewer, 'connections.counts', { clusterId: 'c', filter: { network: '10.0.0.0/8' } })).toEqual({ code: 'badInput', paths: ['filter'] });
  for (const groupBy of ['client', 'network']) expect(await answer(viewer, 'connections.counts', { clusterId: 'c', filter: {}, groupBy })).toEqual({ code: 'badInput', paths: ['groupBy'] });
  expect(await answer(viewer, 'connections.counts', { clusterId: 'c', filter: {}, groupBy: 'realServer' })).toMatchObject({ code: 'noSuchCluster' });
  expect(await answer(viewer, 'connections.counts', { clusterId: 'c', filter: {} })).toMatchObject({ code: 'noSuchCluster' });
  expect(await answer(operator, 'connections.find', { clusterId: 'c', filter: { state: 'established' } })).toMatchObject({ code: 'noSuchCluster' });
});
