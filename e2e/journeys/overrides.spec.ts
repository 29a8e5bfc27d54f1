// Weights by hand: maintenance takes a real server out of the traffic at once, a weaker override waits behind it, and one is kept as a revision.
import { expect, test, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../weir/api.ts';
import { applyWith, clusterNamed, create, order, ownDirector, planOf } from '../weir/clusters.ts';
import { administrator } from '../weir/people.ts';
import { apply, rowsOf } from '../weir/screen.ts';
import { askTimes, shares } from '../weir/traffic.ts';

test.describe.configure({ mode: 'serial' });

const vip = '127.0.8.205';
const port = 8080;
const [one, other] = ['127.0.8.20', '127.0.8.30'];
let clusterId: string;
let name: string;

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  name = definition.services[0]?.realServers.find(({ rip }) => rip === one)?.name ?? '';
  clusterId = await create(api, {
    ...definition, name: 'overridden', vips: [{ address: vip, holder: director }],
    services: definition.services.map((service) => ({
      ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port },
      realServers: service.realServers.map((realServer) => ({ ...realServer, weight: 100 })),
    })),
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await expect.poll(async () => (await applyWith(api, applyId)).finishedAt).not.toBeNull();
});

async function orderWeight(page: Page, what: string, fields: Record<string, string>, submit: string): Promise<void> {
  await page.getByRole('button', { name: `Weight of ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Weight of ${name}` });
  await dialog.getByLabel('What').selectOption(what);
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value);
  if (what === 'Maintenance: no new connections') await dialog.getByLabel('Ends', { exact: true }).selectOption('in 4 hours');
  await dialog.getByRole('button', { name: submit }).click();
  await expect(dialog).toBeHidden();
}

async function answering(): Promise<string[]> {
  return Object.keys(shares(await askTimes(6, vip, port))).toSorted();
}

const said = (page: Page) => async (): Promise<string | undefined> => (await rowsOf(page.getByRole('table', { name: 'Real servers of web' })))
  .find((row) => row['RIP']?.startsWith(one))?.['Override'];

test('maintenance needs a reason, takes the real server out, and says by whom and until when', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  expect(await answering()).toEqual([one, other]);
  await page.getByRole('button', { name: `Weight of ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Weight of ${name}` });
  await dialog.getByLabel('Weight').fill('much');
  await dialog.getByLabel('What').selectOption('Maintenance: no new connections');
  await dialog.getByRole('button', { name: 'Begin maintenance' }).click();
  await expect(dialog.getByText('Fill this in.')).toBeVisible();
  await page.keyboard.press('Escape');
  await orderWeight(page, 'Maintenance: no new connections', { Reason: 'a new disk' }, 'Begin maintenance');
  await expect(page.getByText(`${name} is in maintenance`)).toBeVisible();
  await expect.poll(said(page)).toMatch(/^0 of 100: maintenance by Ada, until (.*, )?\d\d:\d\d$/);
  expect(await answering()).toEqual([other]);
  await expect(page.getByText('revision 1 by Ada')).toBeVisible();
});

test('a weight by hand waits behind it, also on the live page, and the review says that both go on', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await orderWeight(page, 'Set a weight', { Weight: '50' }, 'Set the weight');
  await expect.poll(said(page)).toMatch(/^0 of 100: maintenance by Ada, .*\swaits behind it: 50, weight by hand by Ada, until somebody ends it$/);
  await page.goto(`/clusters/${clusterId}/live`);
  await expect.poll(said(page)).toMatch(/^0 of 100: maintenance by Ada/);
  await page.goto(`/clusters/${clusterId}/change`);
  await expect(page.getByText('These overrides go on when this is applied; the plan counts with them.')).toBeVisible();
});

test('ended, the one behind it decides', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('row', { name: /maintenance by Ada.*a new disk/ }).getByRole('button', { name: 'End' }).click();
  await expect(page.getByText('Override ended')).toBeVisible();
  await expect.poll(said(page)).toBe('50 of 100: weight by hand by Ada, until somebody ends it');
  expect(await answering()).toEqual([one, other]);
});

test('kept, it is a revision that is applied by a person, and then ended', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByText('Revision 2 saved, not applied yet. When it is, end the override.')).toBeVisible();
  const { head } = await clusterNamed(await Api.signedIn(administrator), 'overridden');
  expect(head.definition.services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight)).toSorted((a, b) => a - b)).toEqual([50, 100]);
  await page.goto(`/clusters/${clusterId}/change`);
  await apply(page);
  await page.goto(`/clusters/${clusterId}`);
  await expect.poll(said(page)).toBe('50 of 50: weight by hand by Ada, until somebody ends it');
  await page.getByRole('button', { name: 'End' }).click();
  await expect.poll(said(page)).toBe('—');
});

test('"End it" in the message takes a click back', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await orderWeight(page, 'Quiesce: no new connections', {}, 'Quiesce');
  expect(await answering()).toEqual([other]);
  await page.getByRole('button', { name: 'End it' }).click();
  await expect.poll(said(page)).toBe('—');
  expect(await answering()).toEqual([one, other]);
});
