// Revisions: what one changes is read, another person approves it, only then it is applied, and an old one comes back.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { z } from 'zod';
import { Api } from '../weir/api.ts';
import { clusterNamed, create, ownDirector, save } from '../weir/clusters.ts';
import { realServerRow } from '../weir/cluster-form.ts';
import { administrator, signIn, type Person } from '../weir/people.ts';
import { apply } from '../weir/screen.ts';

const approver: Person = { name: 'Otto', email: 'otto@example.org', password: 'four eyes at one weir' };
const vip = '127.0.8.207';
let clusterId: string;

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  await api.mutate('people.create', z.unknown(), { ...approver, role: 'operator' });
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  clusterId = await create(api, {
    ...definition, name: 'reviewed', vips: [{ address: vip, holder: director }],
    services: definition.services.map((service) => ({
      ...service, name: 'web', scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port: 8080 },
    })),
  });
});

async function approversPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ storageState: { cookies: [], origins: [] } })).newPage();
  await signIn(page, approver);
  return page;
}

test('with the rule a saved revision is only proposed, and its author cannot approve it', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('switch', { name: 'Another person must approve a revision' }).click();
  await expect(page.getByText('A saved revision is proposed.')).toBeVisible();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await realServerRow(page, 0).getByLabel('Weight').fill('5');
  await page.getByRole('button', { name: 'Save and review' }).click();
  await expect(page.getByRole('heading', { name: 'Revision 2 of reviewed' })).toBeVisible();
  await expect(page.getByText('real server 127.0.8.20:8080 of web: weight 1 → 5')).toBeVisible();
  await expect(page.getByText('Revision 2 is yours. Another person must decide on it.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve revision 2' })).toBeHidden();
  await page.goto(`/clusters/${clusterId}/change`);
  await expect(page.getByText('Revision 2 by Ada is only proposed.')).toBeVisible();
  await expect(page.getByText('revision 1', { exact: true })).toBeVisible();
});

test('another person is told of a newer proposal, approves that one, and it is applied', async ({ browser }) => {
  const other = await approversPage(browser);
  await other.goto(`/clusters/${clusterId}`);
  await other.getByRole('link', { name: 'Look at what revision 2 would change' }).click();
  await expect(other.getByRole('button', { name: 'Approve revision 2' })).toBeVisible();
  const api = await Api.signedIn(administrator);
  const cluster = await clusterNamed(api, 'reviewed');
  await save(api, cluster, { ...cluster.head.definition, services: cluster.head.definition.services.map((service) => ({
    ...service, realServers: service.realServers.map((server, index) => (index === 1 ? { ...server, weight: 3 } : server)),
  })) }, 'and the second');
  await other.getByRole('button', { name: 'Approve revision 2' }).click();
  await expect(other.getByText('Revision 3 was saved after this one.')).toBeVisible();
  await other.getByRole('link', { name: 'Look at revision 3' }).click();
  await expect(other.getByText('real server 127.0.8.30:8080 of web: weight 1 → 3')).toBeVisible();
  await other.getByLabel('Note').fill('looked at twice');
  await other.getByRole('button', { name: 'Approve revision 3' }).click();
  await expect(other.getByText('looked at twice')).toBeVisible();
  await other.getByRole('link', { name: 'Review and apply' }).click();
  await apply(other);
  await other.context().close();
});

test('an old revision comes back as a new one, which is reviewed as any other', async ({ page, browser }) => {
  await page.goto(`/clusters/${clusterId}`);
  const revisions = page.getByRole('table', { name: 'Revisions' });
  await expect(revisions.getByRole('row').nth(1)).toContainText('Otto');
  await revisions.getByRole('link', { name: '1', exact: true }).click();
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('3');
  await expect(page).toHaveURL(/from=3/);
  await expect(page.getByText('real server 127.0.8.20:8080 of web: weight 5 → 1')).toBeVisible();
  await page.getByRole('button', { name: 'Go back to this' }).click();
  await expect(page.getByLabel('Reason')).toHaveValue('Back to revision 1');
  await page.getByRole('button', { name: 'Save as revision 4' }).click();
  await expect(page.getByRole('heading', { name: 'Revision 4 of reviewed' })).toBeVisible();
  await expect(page.getByText('real server 127.0.8.30:8080 of web: weight 3 → 1')).toBeVisible();
  const other = await approversPage(browser);
  await other.goto(`/clusters/${clusterId}/revisions/4`);
  await other.getByRole('button', { name: 'Reject revision 4' }).click();
  await expect(other.getByText('rejected', { exact: true })).toBeVisible();
  await other.goto(`/clusters/${clusterId}`);
  await expect(other.getByText('Revision 4 by Ada was rejected by Otto.')).toBeVisible();
  await other.context().close();
});
