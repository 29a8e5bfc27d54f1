// The plan that a person reviews: the commands it equals, the live connections it touches, the name above the limit, and an apply that fails half-way.
import { createServer, type Server } from 'node:net';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tutorialCluster, type ClusterDefinition, type VirtualService } from '@weir/model';
import { z } from 'zod';
import { findsNothing } from '../../page/axe.ts';
import { anyCount, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { clusterWith, create, ownDirector, planOf, save } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { apply, passLimit } from '../../weir/screen.ts';
import { ask, open, served, servedSince, shares } from '../../weir/traffic.ts';

test.describe.configure({ mode: 'serial' });

const vip = '127.0.8.241';
const [first, second] = ['127.0.8.20:8080', '127.0.8.30:8080'];
const name = 'looked-over';
const reason = 'the newer disks answer faster';
let api: Api;
let clusterId: string;
let definition: ClusterDefinition;

function serviceAt(port: number, weights: readonly number[] = [3, 1]): VirtualService {
  const [web] = definition.services;
  if (web === undefined) throw new Error('the tutorial has a service');
  return {
    ...web, id: `web-${port}`, name: `web ${port}`, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port },
    realServers: web.realServers.slice(0, weights.length).map((realServer, at) => ({ ...realServer, weight: weights[at] ?? 1 })),
  };
}

async function reviewed(page: Page, services: readonly VirtualService[]): Promise<void> {
  await save(api, await clusterWith(api, clusterId), { ...definition, services: [...services] }, reason);
  await page.goto(`/clusters/${clusterId}/change`);
}

const line = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text });
const applyButton = (page: Page): Locator => page.getByRole('button', { name: anyCount('changes.apply') });

test.beforeAll(async () => {
  api = await Api.signedIn(administrator);
  const director = await ownDirector(api);
  const tutorial = tutorialCluster(director);
  definition = { ...tutorial, name, vips: [{ address: vip, holder: director }] };
  clusterId = await create(api, { ...definition, services: [serviceAt(9_001)] });
});

test('says who wants what why, and gives the commands that do the same, to be copied as a whole', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await reviewed(page, [serviceAt(9_001)]);
  const head = page.getByRole('region', { name: t('changes.revisionTitle', { revision: 2 }) });
  await expect(head).toContainText(administrator.name);
  await expect(head).toContainText(reason);
  const command = `ipvsadm -A -t ${vip}:9001 -s wrr`;
  await expect(line(page, command)).toHaveCount(1);
  await expect(line(page, first)).toContainText(t('changes.noMethod'));
  await head.getByRole('button', { name: t('changes.copyAll') }).click();
  await expect(head.getByText(t('changes.copied')).first()).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').slice(1, 2)).toEqual([command]);
  expect(copied.split('\n').filter((text) => text.startsWith('# '))).toHaveLength(3);
  await findsNothing(page, 'a review');
  await apply(page);
});

test('counts the connections that the sample servers see, and says what becomes of them', async ({ page }) => {
  const before = await served();
  const opened = await Promise.all([1, 2, 3, 4].map(() => open(vip, 9_001)));
  const seen = await servedSince(before);
  expect(shares(opened.map(({ server }) => `${server}:8080`))).toEqual({ [first]: 3, [second]: 1 });
  expect(Number(seen[first])).toBeGreaterThanOrEqual(3);
  await reviewed(page, [serviceAt(9_001, [0, 1])]);
  const cost = line(page, first);
  await expect(cost).toContainText(t('costs.drain', { count: 3 }));
  await expect(cost).toContainText(/, 75 % of the cluster’s/);
  await expect(page.getByText(/^Touches 3 of [\d,]+ live connections \((?:< )?\d+ %\): 3 drain\.$/).first()).toBeVisible();
  await reviewed(page, []);
  await expect(line(page, `− ${t('operations.removeService', { service: `tcp ${vip}:9001`, count: 2 })}`)).toContainText(t('costs.reset', { count: 4 }));
  await expect(page.getByText(/^Touches 4 of [\d,]+ live connections \((?:< )?\d+ %\): 4 are cut\.$/).first()).toBeVisible();
  for (const connection of opened) connection.close();
});

test('above the limit is applied only with the name of the cluster, on the page and by a script', async ({ page }) => {
  await reviewed(page, Array.from({ length: 12 }, (_, at) => serviceAt(9_001 + at)));
  const typed = page.getByLabel(t('changes.limit.type', { name }));
  await expect(typed).toBeVisible();
  await expect(applyButton(page)).toBeDisabled();
  await typed.fill('another');
  await expect(applyButton(page)).toBeDisabled();
  await findsNothing(page, 'a review above the limit');
  const { revision, directors } = await planOf(api, clusterId);
  const ordered = directors.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  await expect(api.mutate('changes.applyRevision', z.unknown(), { clusterId, revision, directors: ordered, onFailure: 'rollBack' })).rejects.toThrow(/aboveLimit/);
  await typed.fill(name);
  await apply(page);
  await expect.poll(() => ask(vip, 9_012)).toMatch(/^127\.0\.8\./);
});

test('shows a long plan page by page', async ({ page }) => {
  await reviewed(page, Array.from({ length: 60 }, (_, at) => serviceAt(9_001 + at)));
  await expect(page.getByText(t('changes.pageOf', { first: 1, last: 100, count: 144 }))).toBeVisible();
  await expect(line(page, `ipvsadm -A -t ${vip}:9060 -s wrr`)).toHaveCount(0);
  await page.getByRole('button', { name: t('changes.pageAfter'), exact: true }).click();
  await expect(page.getByText(t('changes.pageOf', { first: 101, last: 144, count: 144 }))).toBeVisible();
  await expect(line(page, `ipvsadm -A -t ${vip}:9060 -s wrr`)).toHaveCount(1);
  await expect(page.getByRole('button', { name: t('changes.pageAfter'), exact: true })).toBeDisabled();
});

function listening(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, vip, () => resolve(server));
  });
}

test('an apply that fails at the third of five operations says so of each, and leaves things as they were', async ({ page }) => {
  await reviewed(page, []);
  await apply(page);
  const inTheWay = await listening(9_102);
  try {
    await reviewed(page, [serviceAt(9_101, [1]), serviceAt(9_102)]);
    await passLimit(page);
    await applyButton(page).click();
    const results = page.getByRole('listitem').filter({ hasText: `${vip}:910` });
    await expect(page.getByRole('status').filter({ hasText: t('applied.outcomes.rolledBack') })).toBeVisible();
    const said = (await results.allInnerTexts()).map((text) => ['skipped', 'failed', 'done'].find((status) => text.includes(t(`results.status.${status as 'done'}`))));
    expect(said.slice(0, 5)).toEqual(['done', 'done', 'failed', 'skipped', 'skipped']);
    await expect(results.nth(2)).toContainText(t('results.faults.addressInUse'));
    expect(said.slice(5), 'what was done is undone').toEqual(['done']);
    await expect(page.getByText(t('applied.readBackOld'))).toBeVisible();
    await expect(ask(vip, 9_101)).rejects.toThrow('ECONNREFUSED');
  } finally {
    await new Promise((resolve) => { inTheWay.close(resolve); });
  }
  await page.goto(`/clusters/${clusterId}/change`);
  await apply(page);
  expect(await ask(vip, 9_102)).toMatch(/^127\.0\.8\./);
});

test('each revision says when it was applied and what came of it', async ({ page }) => {
  const { head } = await clusterWith(api, clusterId);
  await page.goto(`/clusters/${clusterId}/revisions/${head.number}`);
  const applies = page.getByRole('table', { name: t('applies.title') });
  await expect(applies.getByRole('row').filter({ hasText: t('applied.outcomes.applied') })).toHaveCount(1);
  await expect(applies.getByRole('row').filter({ hasText: t('applied.outcomes.rolledBack') })).toHaveCount(1);
});
