// Drafts: what is typed outlives the page, others are told of it, and what two people change at once is brought together object by object.
import { expect, test, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { clusterName, discardDraft, openEdit, openNewCluster, realServerRow, saveAndReview, showForm } from '../../weir/cluster-form.ts';
import { create, ownDirector } from '../../weir/clusters.ts';
import { findsNothing } from '../../page/axe.ts';
import { anyCount, pattern, t } from '../../page/look.ts';
import { administrator, pageOf, type Person } from '../../weir/people.ts';

const second: Person = { name: 'Ben', email: 'ben@example.org', password: 'two drafts of one weir' };
const time = /\d\d:\d\d/;
let clusterId: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const people = await api.query('people.list', z.array(z.object({ email: z.string() })));
  if (!people.some(({ email }) => email === second.email)) await api.mutate('people.create', z.unknown(), { ...second, role: 'operator' });
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  clusterId = await create(api, {
    ...definition, name: `sketched ${Date.now()}`, vips: [{ address: '127.0.8.206', holder: director }],
    services: definition.services.map((service) => ({
      ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.206', port: 10_000 + (Date.now() % 50_000) },
    })),
  });
});

async function weights(): Promise<number[]> {
  const { head } = await (await Api.signedIn(administrator)).query('clusters.get', z.object({ head: z.object({ definition: z.object({ services: z.array(z.object({ realServers: z.array(z.object({ weight: z.int() })) })) }) }) }), { clusterId });
  return head.definition.services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight));
}

const weight = (page: Page, index: number) => realServerRow(page, index).getByLabel(t('clusterForm.weight'));
const saved = (page: Page) => page.getByText(pattern('drafts.saved', { time: /\d\d:\d\d:\d\d/ }));

test('what is typed is there again after a reload, also half typed, until it is discarded', async ({ page }) => {
  await openEdit(page, clusterId);
  await expect(saved(page)).toHaveCount(0);
  await weight(page, 0).fill('5');
  await realServerRow(page, 1).getByLabel('RIP').fill('127.0.');
  await page.getByLabel(t('clusterForm.reason')).fill('slower');
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(weight(page, 0)).toHaveValue('5');
  await expect(realServerRow(page, 1).getByLabel('RIP')).toHaveValue('127.0.');
  await expect(page.getByLabel(t('clusterForm.reason'))).toHaveValue('slower');
  await expect(page.getByText(pattern('drafts.from', { time, revision: 1 }))).toBeVisible();
  await findsNothing(page, 'a form with a draft');
  await page.goto('/clusters');
  await expect(page.getByRole('row').filter({ has: page.locator(`a[href="/clusters/${clusterId}"]`) }).getByRole('link', { name: t('drafts.mark') })).toBeVisible();
  await page.goto(`/clusters/${clusterId}`);
  await expect(page.getByText(pattern('drafts.ownSince', { time }))).toBeVisible();
  await page.goto(`/clusters/${clusterId}/edit?view=form`);
  await page.getByRole('button', { name: t('drafts.discard') }).click();
  await expect(weight(page, 0)).toHaveValue('1');
  await page.getByRole('button', { name: t('drafts.undo'), exact: true }).click();
  await expect(weight(page, 0), 'taken back').toHaveValue('5');
  await expect(saved(page)).toBeVisible();
  await page.getByRole('button', { name: t('drafts.discard') }).click();
  await expect(weight(page, 0)).toHaveValue('1');
  await page.reload();
  await expect(weight(page, 0)).toHaveValue('1');
  expect(await weights()).toEqual([1, 1]);
});

test('a new cluster that is begun is there again, and told on the list', async ({ page }) => {
  await openNewCluster(page);
  await clusterName(page).fill('begun');
  await expect(saved(page)).toBeVisible();
  await page.goto('/clusters');
  await expect(page.getByText(pattern('drafts.newSince', { time }))).toBeVisible();
  await page.getByRole('link', { name: t('drafts.goOn') }).click();
  await showForm(page);
  await expect(clusterName(page)).toHaveValue('begun');
  await discardDraft(page, null);
});

test('two people at once see each other, and the second saves both changes', async ({ page, browser }) => {
  const other = await pageOf(browser, second);
  await openEdit(page, clusterId);
  await openEdit(other, clusterId);
  await weight(page, 0).fill('5');
  await weight(other, 1).fill('7');
  await expect(page.getByText(pattern('drafts.othersSince', { name: second.name, time }))).toBeVisible();
  await expect(other.getByText(pattern('drafts.othersSince', { name: administrator.name, time }))).toBeVisible();
  await saveAndReview(other);
  await expect(page.getByText(t('drafts.movedOn', { author: second.name, head: 2 }))).toBeVisible();
  await page.getByRole('button', { name: t('clusterForm.saveRevision') }).click();
  await expect(page.getByRole('table')).toHaveCount(2);
  expect(await weights(), 'nothing is overwritten').toEqual([1, 7]);
  await findsNothing(page, 'three sides of a cluster');
  await page.getByRole('button', { name: t('settle.goOn', { revision: 2 }) }).click();
  await expect(weight(page, 0)).toHaveValue('5');
  await expect(weight(page, 1)).toHaveValue('7');
  await saveAndReview(page);
  expect(await weights()).toEqual([5, 7]);
  await other.context().close();
});

test('what both changed is settled by a person, also when it was oneself in another tab', async ({ page, context }) => {
  const tab = await context.newPage();
  await openEdit(page, clusterId);
  await tab.goto(`/clusters/${clusterId}/edit?view=form`);
  await weight(tab, 0).fill('8');
  await saveAndReview(tab);
  await tab.close();
  await weight(page, 0).fill('9');
  await expect(page.getByText(t('drafts.movedOn', { author: administrator.name, head: 4 }))).toBeVisible();
  await page.getByRole('button', { name: t('drafts.bringTogether') }).click();
  const conflict = page.getByRole('region', { name: anyCount('settle.groups.conflict') });
  for (const cell of ['weight 5', 'weight 8', 'weight 9']) await expect(conflict.getByRole('cell', { name: cell.replace('weight', t('differences.names.weight')), exact: true })).toBeVisible();
  await page.getByRole('button', { name: t('settle.goOn', { revision: 4 }) }).click();
  await expect(page.getByText(t('settle.open', { count: 1 }))).toBeVisible();
  await expect(conflict.getByRole('radio').first()).toBeFocused();
  await conflict.getByRole('radio', { name: t('settle.mine') }).check();
  await page.getByRole('button', { name: t('settle.goOn', { revision: 4 }) }).click();
  await expect(weight(page, 0)).toHaveValue('9');
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(page.getByText(pattern('drafts.from', { time, revision: 4 })), 'the base moved on').toBeVisible();
  await saveAndReview(page);
  expect(await weights()).toEqual([9, 7]);
});

test('two tabs of one person: the later one is told, and chooses', async ({ page, context }) => {
  const tab = await context.newPage();
  await openEdit(page, clusterId);
  await tab.goto(`/clusters/${clusterId}/edit?view=form`);
  await weight(tab, 0).fill('11');
  await expect(saved(tab)).toBeVisible();
  await weight(page, 0).fill('12');
  await expect(page.getByText(t('errors.draftElsewhere'))).toBeVisible();
  await page.getByRole('button', { name: t('drafts.loadThat') }).click();
  await expect(weight(page, 0)).toHaveValue('11');
  await discardDraft(page, clusterId);
  await tab.close();
});

test('without the panel it is said that nothing is kept, and kept when it is there again', async ({ page, context }) => {
  await openEdit(page, clusterId);
  await expect(weight(page, 0)).toHaveValue('9');
  await context.route('**/api/trpc/**drafts.save**', (route) => route.abort());
  await weight(page, 0).fill('13');
  await expect(page.getByText(t('drafts.offline'))).toBeVisible();
  await context.unroute('**/api/trpc/**drafts.save**');
  await expect(saved(page)).toBeVisible();
  await discardDraft(page, clusterId);
});
