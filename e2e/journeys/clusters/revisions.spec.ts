// Revisions: what one changes is read, another person approves it, only then it is applied, and an old one comes back.
import { expect, test } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { clusterNamed, create, ownDirector, save } from '../../weir/clusters.ts';
import { realServerRow, showForm } from '../../weir/cluster-form.ts';
import { findsNothing } from '../../page/axe.ts';
import { t } from '../../page/look.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';
import { apply } from '../../weir/screen.ts';

const approver: Person = { name: 'Otto', email: 'otto@example.org', password: 'four eyes at one weir' };
const vip = '127.0.8.207';
let clusterId: string;

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  await present(api, approver, 'operator');
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  clusterId = await create(api, {
    ...definition, name: 'reviewed', vips: [{ address: vip, holder: director }],
    services: definition.services.map((service) => ({
      ...service, name: 'web', scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port: 8080 },
    })),
  });
});

/** A line of the differences: a real server's weight. */
function weightChange(rip: string, before: number, after: number): string {
  const called = t('differences.objects.realServer', { what: `${rip}:8080`, service: 'web' });
  return t('differences.facts', { called, facts: t('differences.changed', { fact: t('differences.names.weight'), before, after }) });
}

test('with the rule a saved revision is only proposed, and its author cannot approve it', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('switch', { name: t('approval.rule') }).click();
  await expect(page.getByText(t('approval.ruleOn'))).toBeVisible();
  await page.getByRole('link', { name: t('cluster.edit'), exact: true }).click();
  await showForm(page);
  await realServerRow(page, 0).getByLabel(t('clusterForm.weight')).fill('5');
  await page.getByRole('button', { name: t('clusterForm.saveRevision') }).click();
  await expect(page.getByRole('heading', { name: t('revision.title', { number: 2, name: 'reviewed' }) })).toBeVisible();
  await expect(page.getByText(weightChange('127.0.8.20', 1, 5))).toBeVisible();
  await expect(page.getByText(t('errors.ownRevision', { number: 2 }))).toBeVisible();
  await expect(page.getByRole('button', { name: t('approval.approve', { number: 2 }) })).toBeHidden();
  await page.goto(`/clusters/${clusterId}/change`);
  await expect(page.getByText(t('approval.onlyProposed', { head: 2, author: administrator.name }))).toBeVisible();
  await expect(page.getByText(t('changes.revision', { revision: 1 }), { exact: true }).first()).toBeVisible();
});

test('another person is told of a newer proposal, approves that one, and it is applied', async ({ browser }) => {
  const other = await pageOf(browser, approver);
  await other.goto(`/clusters/${clusterId}`);
  await other.getByRole('link', { name: t('approval.look', { head: 2 }) }).click();
  await expect(other.getByRole('button', { name: t('approval.approve', { number: 2 }) })).toBeVisible();
  const api = await Api.signedIn(administrator);
  const cluster = await clusterNamed(api, 'reviewed');
  await save(api, cluster, { ...cluster.head.definition, services: cluster.head.definition.services.map((service) => ({
    ...service, realServers: service.realServers.map((server, index) => (index === 1 ? { ...server, weight: 3 } : server)),
  })) }, 'and the second');
  await other.getByRole('button', { name: t('approval.approve', { number: 2 }) }).click();
  await expect(other.getByText(t('revision.movedOn', { head: 3 }))).toBeVisible();
  await other.getByRole('link', { name: t('revision.toHead', { head: 3 }) }).click();
  await expect(other.getByText(weightChange('127.0.8.30', 1, 3))).toBeVisible();
  await other.getByLabel(t('approval.note')).fill('looked at twice');
  await other.getByRole('button', { name: t('approval.approve', { number: 3 }) }).click();
  await expect(other.getByText('looked at twice')).toBeVisible();
  await other.getByRole('link', { name: t('revision.toChange') }).click();
  await apply(other);
  await other.context().close();
});

test('an old revision comes back as a new one, which is reviewed as any other', async ({ page, browser }) => {
  await page.goto(`/clusters/${clusterId}`);
  const revisions = page.getByRole('table', { name: t('revisions.title') });
  await expect(revisions.getByRole('row').nth(1)).toContainText('Otto');
  await revisions.getByRole('link', { name: '1', exact: true }).click();
  await page.getByRole('combobox', { name: t('revision.compareWith') }).selectOption('3');
  await expect(page).toHaveURL(/from=3/);
  await expect(page.getByText(weightChange('127.0.8.20', 5, 1))).toBeVisible();
  await page.getByRole('button', { name: t('definition.show') }).click();
  await expect(page.getByRole('table', { name: t('service.realServersOf', { service: 'web' }) }).getByRole('row')).toHaveCount(3);
  await page.getByRole('button', { name: t('ipvsadm.show') }).click();
  await expect(page.getByText(`-A -t ${vip}:8080 -s wrr`)).toBeVisible();
  await expect(page.getByText(t('ipvsadm.unsayable', { count: 2 }))).toBeVisible();
  await findsNothing(page, 'a revision as a whole');
  await page.getByRole('button', { name: t('revision.goBack') }).click();
  await expect(page.getByRole('dialog').getByLabel(t('revision.reason'))).toHaveValue(t('revision.goBackReason', { number: 1 }));
  await page.getByRole('button', { name: t('revision.goBackSave', { next: 4 }) }).click();
  await expect(page.getByRole('heading', { name: t('revision.title', { number: 4, name: 'reviewed' }) })).toBeVisible();
  await expect(page.getByText(weightChange('127.0.8.30', 3, 1))).toBeVisible();
  const other = await pageOf(browser, approver);
  await other.goto(`/clusters/${clusterId}/revisions/4`);
  await other.getByRole('button', { name: t('approval.reject', { number: 4 }) }).click();
  await expect(other.getByText(t('approval.states.rejected'), { exact: true })).toBeVisible();
  await other.goto(`/clusters/${clusterId}`);
  await expect(other.getByText(t('approval.onlyRejected', { head: 4, author: administrator.name, by: approver.name }))).toBeVisible();
  await other.context().close();
});
