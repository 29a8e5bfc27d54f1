// Two people at one cluster: the second is told what the first did, and nothing is overwritten without a word.
import { expect, test } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { clusterNamed, create, ownDirector } from '../../weir/clusters.ts';
import { realServerRow, saveAndReview } from '../../weir/cluster-form.ts';
import { pattern, t } from '../../page/look.ts';
import { administrator, pageOf, type Person } from '../../weir/people.ts';
import { alert, apply } from '../../weir/screen.ts';

const second: Person = { name: 'Olga', email: 'olga@example.org', password: 'two people at one weir' };
let clusterId: string;

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  await api.mutate('people.create', z.unknown(), { ...second, role: 'operator' });
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  clusterId = await create(api, {
    ...definition, name: 'shared', vips: [{ address: '127.0.8.203', holder: director }],
    services: definition.services.map((service) => ({
      ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.203', port: 8080 },
    })),
  });
});

async function weights(): Promise<number[]> {
  const { head } = await clusterNamed(await Api.signedIn(administrator), 'shared');
  return head.definition.services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight));
}

test('who saves second is told who saved first, and chooses', async ({ page, browser }) => {
  const other = await pageOf(browser, second);
  await page.goto(`/clusters/${clusterId}/edit`);
  await other.goto(`/clusters/${clusterId}/edit`);
  await realServerRow(page, 0).getByLabel('Weight').fill('5');
  await realServerRow(other, 1).getByLabel('Weight').fill('7');
  await saveAndReview(other);
  await page.getByRole('button', { name: 'Save and review' }).click();
  await expect(page.getByText('Olga saved revision 2 since you began.')).toBeVisible();
  expect(await weights(), 'nothing is overwritten').toEqual([1, 7]);
  await expect(realServerRow(page, 0).getByLabel('Weight'), 'what was typed stays').toHaveValue('5');
  await page.getByRole('button', { name: 'Load revision 2, drop mine' }).click();
  await expect(realServerRow(page, 1).getByLabel('Weight')).toHaveValue('7');
  await realServerRow(page, 0).getByLabel('Weight').fill('5');
  await saveAndReview(page);
  expect(await weights()).toEqual([5, 7]);
  await other.context().close();
});

test('who saved in another tab is told that it was they, and saves on top of it', async ({ page, context }) => {
  const tab = await context.newPage();
  await page.goto(`/clusters/${clusterId}/edit`);
  await tab.goto(`/clusters/${clusterId}/edit`);
  const [first = 0, other = 0] = await weights();
  await realServerRow(tab, 1).getByLabel(t('clusterForm.weight')).fill(String(other + 1));
  await saveAndReview(tab);
  await realServerRow(page, 0).getByLabel(t('clusterForm.weight')).fill(String(first + 1));
  await page.getByRole('button', { name: t('clusterForm.saveRevision') }).click();
  await expect(page.getByText(pattern('staleSave.own.what', { head: 4, time: /\d\d:\d\d/ }))).toBeVisible();
  await page.getByRole('button', { name: t('staleSave.own.mine', { head: 4 }) }).click();
  await expect(page.getByRole('heading', { name: pattern('changes.title', { name: 'shared' }) })).toBeVisible();
  expect(await weights()).toEqual([first + 1, other]);
  await tab.close();
});

test('what changed between review and apply is said, and reviewed again', async ({ page, browser }) => {
  const other = await pageOf(browser, second);
  await page.goto(`/clusters/${clusterId}/change`);
  await other.goto(`/clusters/${clusterId}/change`);
  await expect(page.getByRole('button', { name: 'Apply 3 changes' })).toBeVisible();
  await apply(other);
  await page.getByRole('button', { name: 'Apply 3 changes' }).click();
  await expect(alert(page)).toContainText(/What .+ forwards has changed since the review\. Ask the directors again and review the new plan\./);
  await page.getByRole('button', { name: 'Ask the directors again' }).click();
  await expect(page.getByText(/ forwards this revision already\./)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Apply without changes' })).toBeVisible();
  await other.context().close();
});
