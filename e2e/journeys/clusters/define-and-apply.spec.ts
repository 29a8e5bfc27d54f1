// A cluster is defined by the form, reviewed and applied; a weight of 0 and the end of a service do to connections what the review says.
import { expect, test, type Page } from '@playwright/test';
import { discardDraft, fillCluster, realServerRow, saveAndReview, servicePart, showForm } from '../../weir/cluster-form.ts';
import { t } from '../../page/look.ts';
import { apply } from '../../weir/screen.ts';
import { secondTryWithout } from '../second-try.ts';
import { ask, askTimes, open, shares } from '../../weir/traffic.ts';
import { until } from '../../weir/until.ts';

test.describe.configure({ mode: 'serial' });

secondTryWithout('shop');

const vip = '127.0.8.201';
const port = 8081;
const first = '127.0.8.20';
const second = '127.0.8.30';
const service = `tcp ${vip}:${port}`;
const method = t('methods.proxied');

async function edit(page: Page): Promise<void> {
  await page.goto('/clusters');
  await page.getByRole('link', { name: 'shop' }).click();
  await page.getByRole('link', { name: t('cluster.edit') }).click();
  await showForm(page);
  await expect(page.getByRole('heading', { name: t('clusterForm.editTitle', { name: 'shop' }) })).toBeVisible();
}

test('a new cluster is saved, reviewed and applied', async ({ page }) => {
  await discardDraft(page, null);
  await page.goto('/clusters');
  await page.getByRole('link', { name: t('clusters.create') }).click();
  await showForm(page);
  await fillCluster(page, {
    name: 'shop', vip, port, scheduler: 'wrr',
    realServers: [{ name: 'rs-20', rip: first, weight: 3 }, { name: 'rs-30', rip: second, weight: 1 }],
  });
  await expect(page.getByRole('region', { name: t('clusterForm.vips') }).getByLabel(vip)).toBeVisible();
  await saveAndReview(page);
  await expect(page.getByRole('listitem').filter({ hasText: `+ ${t('operations.addService', { service, scheduler: 'wrr' })}` })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: `+ ${t('operations.addRealServer', { realServer: `${first}:8080`, service, weight: 3, method })}` })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: `+ ${t('operations.addRealServer', { realServer: `${second}:8080`, service, weight: 1, method })}` })).toBeVisible();
  await expect(ask(vip, port), 'saving alone changes nothing').rejects.toThrow('ECONNREFUSED');
  await apply(page);
  await expect(page.getByRole('listitem').filter({ hasText: t('results.status.done') })).toHaveCount(3);
});

test('the real servers get their shares', async () => {
  expect(shares(await askTimes(8, vip, port))).toEqual({ [first]: 6, [second]: 2 });
});

test('weight 0 keeps what is open and takes nothing new', async ({ page }) => {
  const opened = await Promise.all([1, 2, 3, 4].map(() => open(vip, port)));
  expect(shares(opened.map(({ server }) => server))).toEqual({ [first]: 3, [second]: 1 });
  await edit(page);
  await realServerRow(page, 0).getByLabel(t('clusterForm.weight')).fill('0');
  await saveAndReview(page);
  const changes = t('operations.changed', { setting: t('operations.settings.weight'), before: 3, after: 0 });
  const line = page.getByRole('listitem').filter({ hasText: `~ ${t('operations.setRealServer', { realServer: `${first}:8080`, service, changes })}` });
  await expect(line).toContainText(t('costs.drain', { count: 3 }));
  await apply(page);
  expect(shares(await askTimes(4, vip, port))).toEqual({ [second]: 4 });
  const before = opened.map(({ received }) => received());
  await until('each open connection still carries bytes', 5_000, () => opened.every(({ received }, index) => received() > (before[index] ?? 0)));
  expect(opened.map(({ broken }) => broken())).toEqual([null, null, null, null]);
  for (const connection of opened) connection.close();
});

test('removing the service ends what it carries, as the review says', async ({ page }) => {
  const opened = await open(vip, port);
  await edit(page);
  await page.getByRole('button', { name: t('clusterForm.removeService', { name: 'web' }) }).click();
  await expect(servicePart(page)).toHaveCount(0);
  await saveAndReview(page);
  const line = page.getByRole('listitem').filter({ hasText: `− ${t('operations.removeService', { service, count: 2 })}` });
  await expect(line).toContainText(t('costs.reset', { count: 1 }));
  await apply(page);
  await until('the open connection is cut', 5_000, () => opened.broken() !== null);
  await expect(ask(vip, port)).rejects.toThrow('ECONNREFUSED');
});
