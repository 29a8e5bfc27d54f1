// What is wrong with a definition is said at its field, and what a director's driver cannot do is refused there when it is applied.
import { expect, test } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../weir/api.ts';
import { applyWith, clusterNamed, create, order, ownDirector, planOf } from '../weir/clusters.ts';
import { fillCluster, fillRealServer, realServerRow, saveAndReview, servicePart } from '../weir/cluster-form.ts';
import { administrator } from '../weir/people.ts';
import { alert } from '../weir/screen.ts';

const vip = '127.0.8.202';

test('what is typed wrongly is said at its field, and nothing is saved', async ({ page }) => {
  await page.goto('/clusters/new');
  await fillCluster(page, {
    name: 'bad', vip: '127.0.8.999', port: 70_000, scheduler: 'rr',
    realServers: [{ name: 'a', rip: '127.0.8.20', weight: -1 }, { name: '', rip: 'rs.example.org' }],
  });
  await page.getByRole('button', { name: 'Save and review' }).click();
  const service = servicePart(page);
  await expect(service.getByLabel('VIP')).toHaveAccessibleDescription(/Not an IP address\. Write 10\.0\.0\.1 or fd00::1\./);
  await expect(service.getByLabel('Port', { exact: true }).first()).toHaveAccessibleDescription(/At most 65535\./);
  await expect(realServerRow(page, 0).getByLabel('Weight')).toHaveAccessibleDescription(/At least 0\./);
  await expect(realServerRow(page, 1).getByLabel('Name')).toHaveAccessibleDescription(/Fill this in\./);
  await expect(realServerRow(page, 1).getByLabel('RIP')).toHaveAccessibleDescription(/Not an IP address\./);
  await expect(service.getByLabel('VIP')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'New cluster' })).toBeVisible();
});

test('a real server that stands twice in a service is found when its field is left, and refused when it is saved', async ({ page }) => {
  await page.goto('/clusters/new');
  await fillCluster(page, {
    name: 'bad', vip, port: 8080, scheduler: 'rr', realServers: [{ name: 'a', rip: '127.0.8.20' }, { name: 'b', rip: '127.0.8.20' }],
  });
  await page.getByRole('region', { name: 'Cluster', exact: true }).getByLabel('Name').focus();
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings).toContainText('127.0.8.20:8080 stands in web twice, also as a: the director knows one real server per address and port. Remove one.');
  await page.getByRole('button', { name: 'Save and review' }).click();
  await expect(page.getByRole('heading', { name: 'New cluster' })).toBeVisible();
  await expect(realServerRow(page, 1).getByRole('textbox').and(page.locator(':focus'))).toHaveCount(1);
  await fillRealServer(realServerRow(page, 1), { name: 'b', rip: '127.0.8.30' });
  await page.getByRole('region', { name: 'Cluster', exact: true }).getByLabel('Name').focus();
  await expect(findings).toHaveCount(0);
});

test('an address that another cluster has is refused with the name of that cluster', async ({ page }) => {
  await page.goto('/clusters/new');
  await fillCluster(page, { name: 'double', vip: '127.0.8.200', port: 8080, scheduler: 'rr', realServers: [{ name: 'a', rip: '127.0.8.20' }] });
  await page.getByRole('button', { name: 'Save and review' }).click();
  await expect(alert(page)).toContainText(/tcp 127\.0\.8\.200:8080 on .+ belongs to the cluster tutorial\./);
});

test('NAT is a finding for a director with the proxy driver, and cannot be applied there', async ({ page }) => {
  await page.goto('/clusters/new');
  // Addresses for documentation: nothing is sent to them.
  await fillCluster(page, { name: 'nat', vip: '192.0.2.1', port: 8080, scheduler: 'rr', realServers: [{ name: 'a', rip: '198.51.100.20' }] });
  await realServerRow(page, 0).getByLabel('Forwarding method').selectOption('nat');
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText(/: The proxy driver cannot do the forwarding method nat: applying is refused there\./);
  await saveAndReview(page);
  await expect(alert(page).filter({ hasText: 'This director cannot forward this revision.' })).toContainText('the forwarding method nat');
  await expect(page.getByRole('button', { name: /^Apply / })).toBeDisabled();
  const api = await Api.signedIn(administrator);
  const { id } = await clusterNamed(api, 'nat');
  const applyId = await order(api, await planOf(api, id));
  await page.goto(`/changes/${applyId}`);
  await expect(page.getByRole('status').filter({ hasText: /^refused$/ })).toBeVisible();
  await expect(page.getByText('Its driver cannot do all of this revision.')).toBeVisible();
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
