// A director that forwards otherwise than it should, since something was in the way: ignored for a while, restored, and adopted.
import { createServer, type Server } from 'node:net';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tutorialCluster, type ClusterDefinition } from '@weir/model';
import { findsNothing } from '../../page/axe.ts';
import { anyCount, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { clusterWith, create, ownDirector } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { saveAndReview } from '../../weir/cluster-form.ts';
import { apply, passLimit } from '../../weir/screen.ts';
import { ask } from '../../weir/traffic.ts';

test.describe.configure({ mode: 'serial' });

const vip = '127.0.8.242';
const [free, taken] = [8_080, 8_081];
const name = 'drifting';
let api: Api;
let clusterId: string;
let directorId: string;
let inTheWay: Server | null = null;

const region = (page: Page): Locator => page.getByRole('region', { name: /^Drift on / });
const added = `ipvsadm -A -t ${vip}:${taken} -s rr`;

async function occupy(): Promise<void> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(taken, vip, resolve); });
  inTheWay = server;
}

async function release(): Promise<void> {
  const server = inTheWay;
  inTheWay = null;
  if (server !== null) await new Promise((resolve) => { server.close(resolve); });
}

test.beforeAll(async () => {
  api = await Api.signedIn(administrator);
  directorId = await ownDirector(api);
  const tutorial = tutorialCluster(directorId);
  const [web] = tutorial.services;
  if (web === undefined) throw new Error('the tutorial has a service');
  const definition: ClusterDefinition = {
    ...tutorial, name, vips: [{ address: vip, holder: directorId }],
    services: [free, taken].map((port) => ({ ...web, id: `web-${port}`, name: `web ${port}`, match: { kind: 'address', protocol: 'tcp', vip, port } })),
  };
  clusterId = await create(api, definition);
  await occupy();
});
test.afterAll(release);

/** Goes on after what the host refuses: that is drift then. */
async function applyPartly(page: Page): Promise<void> {
  await page.goto(`/clusters/${clusterId}/change`);
  await passLimit(page);
  await page.getByLabel(t('changes.onFailure')).selectOption(t('changes.goOn'));
  await page.getByRole('button', { name: anyCount('changes.apply') }).click();
  await expect(page.getByRole('status').filter({ hasText: t('applied.outcomes.partlyApplied') })).toBeVisible();
}

test('what differs is told on the pages of the cluster and of the director, with the command that would end it', async ({ page }) => {
  await applyPartly(page);
  await page.goto(`/clusters/${clusterId}`);
  await expect(region(page).getByText(added)).toBeVisible();
  await expect(region(page)).toContainText(t('drift.count', { count: 3 }));
  await findsNothing(page, 'a cluster that drifts');
  await page.goto(`/directors/${directorId}`);
  await expect(page.getByRole('region', { name: t('director.drift') }).getByText(added)).toBeVisible();
});

test('a difference is ignored with a reason until its end, and counts again before', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await region(page).getByRole('listitem').filter({ hasText: added }).getByRole('button', { name: t('drift.ignore') }).click();
  const dialog = page.getByRole('dialog', { name: t('drift.ignoreTitle') });
  await dialog.getByRole('button', { name: t('drift.ignoreIt') }).click();
  await expect(dialog.getByText(t('validation.required'))).toBeVisible();
  await dialog.getByLabel(t('drift.reason')).fill('the old daemon leaves on Monday');
  await findsNothing(page, 'what is about to be ignored');
  await dialog.getByRole('button', { name: t('drift.ignoreIt') }).click();
  await expect(dialog).toBeHidden();
  const ignored = region(page).getByRole('region', { name: t('drift.ignored') });
  await expect(ignored).toContainText(`by ${administrator.name}: the old daemon leaves on Monday; until`);
  await expect(region(page)).toContainText(t('drift.count', { count: 2 }));
  await expect(region(page)).toContainText(t('drift.countIgnored', { count: 1 }));
  await ignored.getByRole('button', { name: t('drift.endIgnoring') }).click();
  await expect(region(page)).toContainText(t('drift.count', { count: 3 }));
  await expect(ignored).toHaveCount(0);
});

test('adopting makes a draft that wants what is forwarded, and saved, leaves nothing to do', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await region(page).getByRole('button', { name: t('drift.adopt', { cluster: name }) }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('drift.adoptIt') }).click();
  await expect(page).toHaveURL(new RegExp(`/clusters/${clusterId}/edit$`));
  expect((await clusterWith(api, clusterId)).head.number, 'nothing is saved by itself').toBe(1);
  await saveAndReview(page);
  const { head } = await clusterWith(api, clusterId);
  expect(head).toMatchObject({ number: 2, definition: { services: [{ id: `web-${free}` }] } });
  await expect(page.getByText(/ forwards this revision already/)).toBeVisible();
  await apply(page);
  await page.goto(`/clusters/${clusterId}`);
  await expect(page.getByRole('link', { name: t('cluster.review'), exact: true })).toBeVisible();
  await expect(region(page)).toHaveCount(0);
});

test('restoring leads to the plan that brings back what is wanted', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}/revisions/1`);
  await page.getByRole('button', { name: t('revision.goBack') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('revision.goBackSave', { next: 3 }) }).click();
  await expect(page).toHaveURL(/revisions\/3$/);
  await applyPartly(page);
  await release();
  await page.goto(`/clusters/${clusterId}`);
  await region(page).getByRole('link', { name: t('drift.restore', { cluster: name }) }).click();
  await expect(page.getByText(added)).toBeVisible();
  await apply(page);
  expect(await ask(vip, taken)).toMatch(/^127\.0\.8\./);
  await page.goto(`/clusters/${clusterId}`);
  await expect(page.getByRole('link', { name: t('cluster.review'), exact: true })).toBeVisible();
  await expect(region(page)).toHaveCount(0);
});
