// What is wrong with a definition is said at its field, and what a director's driver cannot do is refused there when it is applied.
import { expect, test } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { applyWith, clusterNamed, create, order, ownDirector, planOf } from '../../weir/clusters.ts';
import { fillCluster, fillRealServer, openNewCluster, realServerRow, saveAndReview, servicePart } from '../../weir/cluster-form.ts';
import { findsNothing } from '../../page/axe.ts';
import { pattern, t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { alert, outcome } from '../../weir/screen.ts';
import { secondTryWithout } from '../second-try.ts';

const vip = '127.0.8.202';
secondTryWithout('nat');

test('what is typed wrongly is said at its field, and nothing is saved', async ({ page }) => {
  await openNewCluster(page);
  await fillCluster(page, {
    name: 'bad', vip: '127.0.8.999', port: 70_000, scheduler: 'rr',
    realServers: [{ name: 'a', rip: '127.0.8.20', weight: -1 }, { name: '', rip: 'rs.example.org' }],
  });
  await page.getByRole('button', { name: t('clusterForm.saveNew') }).click();
  const service = servicePart(page);
  await expect(service.getByLabel('VIP')).toHaveAccessibleDescription(pattern('validation.address', {}));
  await expect(service.getByLabel(t('clusterForm.port'), { exact: true }).first()).toHaveAccessibleDescription(pattern('validation.atMost', { maximum: /65.?535/ }));
  await expect(realServerRow(page, 0).getByLabel(t('clusterForm.weight'))).toHaveAccessibleDescription(pattern('validation.atLeast', { minimum: 0 }));
  await expect(realServerRow(page, 1).getByLabel(t('clusterForm.name'))).toHaveAccessibleDescription(pattern('validation.required', {}));
  await expect(realServerRow(page, 1).getByLabel('RIP')).toHaveAccessibleDescription(pattern('validation.address', {}));
  await expect(service.getByLabel('VIP')).toBeFocused();
  await expect(page.getByRole('heading', { name: t('clusterForm.newTitle') })).toBeVisible();
});

test('a real server that stands twice in a service is found while it is typed, and refused when it is saved', async ({ page }) => {
  await openNewCluster(page);
  await fillCluster(page, {
    name: 'bad', vip, port: 8080, scheduler: 'rr', realServers: [{ name: 'a', rip: '127.0.8.20' }, { name: 'b', rip: '127.0.8.20' }],
  });
  const findings = page.getByRole('region', { name: t('clusterForm.findings') });
  await expect(findings).toContainText(t('findings.duplicateRealServer', { realServer: '127.0.8.20:8080', service: 'web', other: 'a' }));
  await page.getByRole('button', { name: t('clusterForm.saveNew') }).click();
  await expect(page.getByRole('heading', { name: t('clusterForm.newTitle') })).toBeVisible();
  await expect(realServerRow(page, 1).getByRole('textbox').and(page.locator(':focus'))).toHaveCount(1);
  await findsNothing(page, 'a form with findings');
  await fillRealServer(realServerRow(page, 1), { name: 'b', rip: '127.0.8.30' });
  await expect(findings).toHaveCount(0);
});

test('an address that another cluster has is refused with the name of that cluster', async ({ page }) => {
  await openNewCluster(page);
  await fillCluster(page, { name: 'double', vip: '127.0.8.200', port: 8080, scheduler: 'rr', realServers: [{ name: 'a', rip: '127.0.8.20' }] });
  await page.getByRole('button', { name: t('clusterForm.saveNew') }).click();
  await expect(alert(page)).toContainText(pattern('errors.claimed', { key: 'tcp 127.0.8.200:8080', director: /.+/, cluster: 'tutorial' }));
  await servicePart(page).getByLabel('VIP').fill('127.0.8.204');
  await expect(alert(page), 'what is corrected is not said any more').toHaveCount(0);
});

test('NAT is a finding for a director with the proxy driver, and cannot be applied there', async ({ page }) => {
  await openNewCluster(page);
  // Addresses for documentation: nothing is sent to them.
  await fillCluster(page, { name: 'nat', vip: '192.0.2.1', port: 8080, scheduler: 'rr', realServers: [{ name: 'a', rip: '198.51.100.20' }] });
  await realServerRow(page, 0).getByLabel(t('clusterForm.method')).selectOption('nat');
  await expect(page.getByRole('region', { name: t('clusterForm.findings') })).toContainText(pattern('findings.unsupportedByDriver', { driver: 'proxy', feature: 'method', value: 'nat' }));
  await saveAndReview(page);
  await expect(alert(page).filter({ hasText: t('changes.cannot') })).toContainText(t('findings.unsupportedByDriver', { driver: 'proxy', feature: 'method', value: 'nat' }));
  await expect(page.getByRole('button', { name: t('changes.cannotApply') })).toBeDisabled();
  const api = await Api.signedIn(administrator);
  const { id } = await clusterNamed(api, 'nat');
  const applyId = await order(api, await planOf(api, id));
  await page.goto(`/changes/${applyId}`);
  await expect(outcome(page, 'refused')).toBeVisible();
  await expect(page.getByText(t('applied.refusedWhy.unsupported'))).toBeVisible();
  expect((await applyWith(api, applyId)).directors).toMatchObject([{ state: 'refused', report: null }]);
});

test('the procedures refuse what the form would not send', async () => {
  const api = await Api.signedIn(administrator);
  const good = { ...tutorialCluster(await ownDirector(api)), name: 'by hand' };
  const [service] = good.services;
  const [realServer] = service?.realServers ?? [];
  if (service === undefined || realServer === undefined) throw new Error('the tutorial has a service with real servers');
  await expect(create(api, { ...good, services: [{ ...service, realServers: [realServer, { ...realServer, id: 'again' }] }] }))
    .rejects.toMatchObject({ code: 'lintErrors', params: { first: 'duplicateRealServer' } });
  await expect(create(api, { ...good, services: [{ ...service, realServers: [{ ...realServer, port: 70_000 }] }] })).rejects.toMatchObject({ code: 'badInput' });
  await expect(create(api, { ...good, directors: [{ directorId: 'nobody', dip: { ipv4: null, ipv6: null } }] })).rejects.toThrow();
  await expect(clusterNamed(api, 'by hand')).rejects.toThrow('no cluster');
});
