// An operator for one cluster: changes and applies that one, sees the others, and is refused there by page and panel alike.
import { expect, test } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { findsNothing } from '../../page/axe.ts';
import { realServerRow, saveAndReview, showForm } from '../../weir/cluster-form.ts';
import { clusterNamed, create, ownDirector, save } from '../../weir/clusters.ts';
import { t } from '../../page/look.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';
import { apply } from '../../weir/screen.ts';

test.describe.configure({ mode: 'serial' });

const limited: Person = { name: 'Lin', email: 'lin@example.org', password: 'one weir and no other' };
const [theirs, others] = ['lin-own', 'lin-other'];
const vips = { [theirs]: '127.0.8.210', [others]: '127.0.8.211' };

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  await present(api, limited, 'operator');
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  for (const [name, vip] of Object.entries(vips)) {
    await create(api, {
      ...definition, name, vips: [{ address: vip, holder: director }],
      services: definition.services.map((service) => ({ ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port: 8080 } })),
    });
  }
});

test('the administrator limits the operator to one cluster', async ({ page }) => {
  await page.goto('/people');
  await page.getByRole('button', { name: t('people.taskFor.clusters', { name: limited.name }) }).click();
  const dialog = page.getByRole('dialog', { name: t('people.taskFor.clusters', { name: limited.name }) });
  await dialog.getByLabel(t('people.allClusters')).uncheck();
  await expect(dialog.getByText(t('people.noClusters'))).toBeVisible();
  await dialog.getByLabel(theirs, { exact: true }).check();
  await findsNothing(page, 'the clusters of an operator');
  await dialog.getByRole('button', { name: t('people.setClusters') }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: limited.email })).toContainText(t('people.ofClusters', { count: 1 }));
});

test('that cluster is edited, reviewed and applied', async ({ browser }) => {
  const page = await pageOf(browser, limited);
  const { id } = await clusterNamed(await Api.signedIn(limited), theirs);
  await page.goto('/clusters');
  await expect(page.getByText(t('roles.needs.allClusters'))).toBeVisible();
  await expect(page.getByRole('link', { name: t('clusters.create') })).toHaveCount(0);
  await page.goto(`/clusters/${id}`);
  await page.getByRole('link', { name: t('cluster.edit'), exact: true }).click();
  await showForm(page);
  await realServerRow(page, 0).getByLabel(t('clusterForm.weight')).fill('3');
  await saveAndReview(page);
  await apply(page);
  await page.goto(`/clusters/${id}`);
  await expect(page.getByText(t('overrides.setWeight')).first()).toBeVisible();
  await page.context().close();
});

test('another cluster can be seen, and neither page nor panel lets it be changed', async ({ browser }) => {
  const page = await pageOf(browser, limited);
  const api = await Api.signedIn(limited);
  const cluster = await clusterNamed(api, others);
  for (const place of ['', '/edit', '/change']) {
    await page.goto(`/clusters/${cluster.id}${place}`);
    await expect(page.getByText(t('roles.needs.thisCluster')).first()).toBeVisible();
  }
  await page.goto(`/clusters/${cluster.id}`);
  await expect(page.getByRole('table', { name: t('service.realServersOf', { service: 'web' }) })).toBeVisible();
  await expect(page.getByText(t('overrides.setWeight'))).toHaveCount(0);
  await expect(page.getByRole('link', { name: t('cluster.reviewAndApply') }), 'no order is offered').toHaveCount(0);
  await expect(page.getByRole('link', { name: t('cluster.review'), exact: true })).toBeVisible();
  await expect(save(api, cluster, cluster.head.definition)).rejects.toMatchObject({ code: 'clusterNotYours' });
  await expect(create(api, { ...cluster.head.definition, name: 'one more' })).rejects.toMatchObject({ code: 'limitedToClusters' });
  await page.context().close();
});
