// What is sent about overrides: fields that do not fit are named, and a viewer may only look.
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

const order = {
  clusterId: 'c', target: { kind: 'realServer', serviceId: 's', realServerId: 'r' }, effect: { kind: 'weight', weight: 0 }, reason: '', endsAtMs: null,
};

async function answer(cookie: string, procedure: string, input: unknown): Promise<{ code: string; paths: string[] }> {
  const response = await panel.post(`/api/trpc/${procedure}`, { json: input }, { cookie });
  const { error } = await response.json() as { error: { json: { data: { error: { code: string; issues?: { path: (string | number)[] }[] } } } } };
  const { code, issues = [] } = error.json.data.error;
  return { code, paths: issues.map(({ path }) => path.join('.')) };
}

it.each<[string, unknown]>([
  ['effect.weight', { ...order, effect: { kind: 'weight', weight: -1 } }],
  ['effect.weight', { ...order, effect: { kind: 'weight', weight: 2 ** 31 } }],
  ['effect.weight', { ...order, effect: { kind: 'weight', weight: '5' } }],
  ['effect.kind', { ...order, effect: { kind: 'remove' } }],
  ['reason', { ...order, effect: { kind: 'maintenance' } }],
  ['reason', { ...order, effect: { kind: 'maintenance' }, reason: ' ' }],
  ['reason', { ...order, reason: 'a\0' }],
  ['reason', { ...order, reason: 'a'.repeat(10_000) }],
  ['endsAtMs', { ...order, endsAtMs: 1.5 }],
  ['endsAtMs', { ...order, endsAtMs: -1 }],
  ['clusterId', { ...order, clusterId: '../x' }],
  ['target.rip', { ...order, target: { kind: 'host', rip: '10.0.0.256' } }],
  ['target.serviceId', { ...order, target: { kind: 'realServer', realServerId: 'r' } }],
])('an order whose %s does not fit is refused by that name', async (field, input) => {
  expect(await answer(operator, 'overrides.set', input)).toEqual({ code: 'badInput', paths: [field] });
});

it('more than 200 at once, or none, is refused', async () => {
  for (const count of [0, 201]) {
    const overrideIds = Array.from({ length: count }, (_, i) => `o-${i}`);
    expect(await answer(operator, 'overrides.end', { clusterId: 'c', overrideIds })).toEqual({ code: 'badInput', paths: ['overrideIds'] });
  }
});

it('a viewer may look, and is refused every order', async () => {
  expect(await answer(viewer, 'overrides.set', order)).toMatchObject({ code: 'roleTooSmall' });
  expect(await answer(viewer, 'overrides.end', { clusterId: 'c', overrideIds: ['o'] })).toMatchObject({ code: 'roleTooSmall' });
  expect(await answer(viewer, 'overrides.keep', { clusterId: 'c', overrideId: 'o', base: 1, reason: '' })).toMatchObject({ code: 'roleTooSmall' });
  expect(await answer(viewer, 'overrides.setThere', { clusterId: 'c', overrideId: 'o', directorId: 'd' })).toMatchObject({ code: 'roleTooSmall' });
  expect(await answer(operator, 'overrides.set', order)).toMatchObject({ code: 'noSuchCluster' });
  await expect(panel.api(viewer).overrides.list.query({ clusterId: 'c' })).rejects.toMatchObject({ message: 'noSuchCluster' });
});
