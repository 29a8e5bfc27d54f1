// Weights by hand: maintenance takes a real server out of the traffic at once, a weaker override waits behind it, and one is kept as a revision.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { applyWith, clusterNamed, create, order, ownDirector, planOf } from '../../weir/clusters.ts';
import { findsNothing } from '../../page/axe.ts';
import { pattern, t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { apply, rowsOf } from '../../weir/screen.ts';
import { askTimes, shares } from '../../weir/traffic.ts';

test.describe.configure({ mode: 'serial' });

const vip = '127.0.8.205';
const port = 8080;
const by = { author: administrator.name };
const maintenance = { cause: t('overrides.causes.maintenance'), ...by };
const byHand = { cause: t('overrides.causes.manual'), ...by, end: t('overrides.untilEnded') };
const until = pattern('overrides.until', { time: /(?:.*[, 日])?\d\d:\d\d/ });
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

type Kind = 'weight' | 'quiesce' | 'maintenance';

async function orderWeight(page: Page, kind: Kind, fields: Record<string, string>): Promise<void> {
  const dialog = await openWeight(page);
  await dialog.getByLabel(t('overrides.kind'), { exact: true }).selectOption(t(`overrides.kinds.${kind}`));
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value);
  if (kind === 'maintenance') await dialog.getByLabel(t('overrides.ends'), { exact: true }).selectOption(t('overrides.endChoices.240'));
  await dialog.getByRole('button', { name: t(`overrides.submit.${kind}`), exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function openWeight(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: t('overrides.title', { realServer: name }) }).click();
  return page.getByRole('dialog', { name: t('overrides.title', { realServer: name }) });
}

async function answering(): Promise<string[]> {
  return Object.keys(shares(await askTimes(6, vip, port))).toSorted();
}

const said = (page: Page, column = t('overrides.override')) => async (): Promise<string | undefined> => (
  (await rowsOf(page.getByRole('table', { name: t('service.realServersOf', { service: 'web' }) }))).find((row) => row['RIP']?.startsWith(one))?.[column]);

test('maintenance needs a reason, takes the real server out, and says by whom and until when', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  expect(await answering()).toEqual([one, other]);
  const dialog = await openWeight(page);
  await dialog.getByLabel(t('overrides.weight'), { exact: true }).fill('much');
  await dialog.getByLabel(t('overrides.kind'), { exact: true }).selectOption(t('overrides.kinds.maintenance'));
  await dialog.getByRole('button', { name: t('overrides.submit.maintenance') }).click();
  await expect(dialog.getByText(t('validation.required'))).toBeVisible();
  await findsNothing(page, 'an order with what is missing');
  await page.keyboard.press('Escape');
  await orderWeight(page, 'maintenance', { [t('overrides.reason')]: 'a new disk' });
  await expect(page.getByRole('status').filter({ hasText: t('overrides.done.maintenance', { realServer: name }) })).toBeVisible();
  await expect.poll(said(page)).toMatch(pattern('overrides.standing', { weight: 0, defined: 100, ...maintenance, end: until }));
  expect(await answering()).toEqual([other]);
  await expect(page.getByText(t('cluster.head', { revision: 1, ...by }))).toBeVisible();
});

test('a weight by hand waits behind it, also on the live page, and the review says that both go on', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await orderWeight(page, 'weight', { [t('overrides.weight')]: '50' });
  await expect.poll(said(page)).toMatch(pattern('overrides.waiting', { weight: 50, ...byHand }));
  await page.goto(`/clusters/${clusterId}/live`);
  await expect.poll(said(page, t('traffic.state'))).toMatch(pattern('overrides.standing', { weight: 0, defined: 100, ...maintenance, end: until }));
  await page.goto(`/clusters/${clusterId}/change`);
  await expect(page.getByText(t('overrides.stay'))).toBeVisible();
});

test('ended, the one behind it decides', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('row', { name: /a new disk/ }).getByRole('button', { name: t('overrides.end'), exact: true }).click();
  await expect(page.getByText(t('overrides.ended'))).toBeVisible();
  await expect.poll(said(page)).toBe(t('overrides.standing', { weight: 50, defined: 100, ...byHand }));
  expect(await answering()).toEqual([one, other]);
});

test('kept, it is a revision that is applied by a person, and then ended', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('button', { name: t('overrides.keep') }).click();
  await expect(page.getByText(t('overrides.kept', { revision: 2 }))).toBeVisible();
  await page.getByRole('button', { name: t('overrides.end'), exact: true }).click();
  const asked = page.getByRole('alertdialog', { name: t('overrides.endKeptTitle', { realServer: name }) });
  await expect(asked).toContainText(t('overrides.endKept', { revision: 2, weight: 50, accepted: 100 }));
  await findsNothing(page, 'a question');
  await asked.getByRole('button', { name: t('overrides.cancel') }).click();
  const { head } = await clusterNamed(await Api.signedIn(administrator), 'overridden');
  expect(head.definition.services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight)).toSorted((a, b) => a - b)).toEqual([50, 100]);
  await page.goto(`/clusters/${clusterId}/change`);
  await apply(page);
  await page.goto(`/clusters/${clusterId}`);
  await expect.poll(said(page)).toBe(t('overrides.standing', { weight: 50, defined: 50, ...byHand }));
  await page.getByRole('button', { name: t('overrides.end'), exact: true }).click();
  await expect.poll(said(page)).toBe('—');
});

test('"End it" in the message takes a click back', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await orderWeight(page, 'quiesce', {});
  expect(await answering()).toEqual([other]);
  await page.getByRole('button', { name: t('overrides.endIt') }).click();
  await expect.poll(said(page)).toBe('—');
  expect(await answering()).toEqual([one, other]);
});
