// A real server is drained while clients go on asking: what will happen is said before, the countdown is seen, and in the end it is safe to take down.
import { expect, test, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { findsNothing } from '../../page/axe.ts';
import { pattern, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { applyWith, create, order, ownDirector, planOf } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { rowsOf } from '../../weir/screen.ts';
import { ask, askTimes, open, shares, type OpenConnection } from '../../weir/traffic.ts';

test.describe.configure({ mode: 'serial' });

const vip = '127.0.8.217';
const port = 8080;
const [one, other] = ['127.0.8.20', '127.0.8.30'];
let clusterId: string;
let name: string;
const held: OpenConnection[] = [];

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  name = definition.services[0]?.realServers.find(({ rip }) => rip === one)?.name ?? '';
  clusterId = await create(api, {
    ...definition, name: 'drained', vips: [{ address: vip, holder: director }],
    services: definition.services.map((service) => ({
      ...service, scheduler: { name: 'rr' }, match: { kind: 'address', protocol: 'tcp', vip, port },
      realServers: service.realServers.map((realServer) => ({ ...realServer, weight: 1 })),
    })),
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await expect.poll(async () => (await applyWith(api, applyId)).finishedAt).not.toBeNull();
});

test.afterAll(() => {
  for (const connection of held) connection.close();
});

/** Asks, one request after the other, until it is told to end. */
function asking(): { readonly end: () => Promise<{ readonly answered: string[]; readonly failed: string[] }> } {
  const answered: string[] = [];
  const failed: string[] = [];
  const ending = new AbortController();
  const running = (async () => {
    while (!ending.signal.aborted) await ask(vip, port).then((server) => answered.push(server), (error: unknown) => failed.push(String(error)));
  })();
  return { end: async () => {
    ending.abort();
    await running;
    return { answered, failed };
  } };
}

const title = (): string => t('drain.ofRealServer', { realServer: name, service: 'web' });
const countdown = (page: Page) => page.getByRole('region', { name: title(), exact: true });

async function ofRow(page: Page, table: string, columnName: string): Promise<string | undefined> {
  return (await rowsOf(page.getByRole('table', { name: table }))).find((row) => row['RIP']?.startsWith(one))?.[columnName];
}

test('is ordered from its row, by keyboard, with what will happen said before', async ({ page }) => {
  for (let i = 0; i < 2; i += 1) held.push(await open(vip, port));
  expect(held.map(({ server }) => server).toSorted()).toEqual([one, other]);
  await page.goto(`/clusters/${clusterId}`);
  const button = page.getByRole('button', { name: t('drain.title', { realServer: name }) });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('drain.title', { realServer: name }) });
  await expect(dialog.getByText(t('drain.connectedNow', { service: 'web', realServer: name, active: '1', inactive: '0', remembered: '0' }))).toBeVisible();
  await dialog.getByLabel(t('drain.deadline'), { exact: true }).selectOption(t('drain.deadlines.60'));
  await dialog.getByLabel(t('drain.atDeadline'), { exact: true }).selectOption(t('drain.then.remove'));
  await expect(dialog.getByText(t('drain.removal.reset'))).toBeVisible();
  await findsNothing(page, 'an order to drain');
  const load = asking();
  await dialog.getByLabel(t('drain.reason'), { exact: true }).fill('a new disk');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(countdown(page).getByText(t('drain.notSafe'))).toBeVisible();
  await expect(countdown(page).getByText(t('drain.left', { count: 1, text: '1' }), { exact: true })).toBeVisible();
  await expect(countdown(page).getByText(pattern('drain.estimate', { time: /\d\d:\d\d/ }))).toBeVisible();
  await expect.poll(async () => (await rowsOf(countdown(page).getByRole('table')))[0]).toMatchObject({
    [t('drain.weight')]: '0', [t('drain.active')]: '1', [t('drain.inactive')]: '0', [t('drain.persistent')]: '0', [t('drain.state')]: t('drain.drainingCount', { count: '1' }),
  });
  expect(new Set(await askTimes(4, vip, port))).toEqual(new Set([other]));
  expect((await load.end()).failed).toEqual([]);
  expect(held.map(({ broken }) => broken())).toEqual([null, null]);
});

test('is told on the live page too, and is safe to take down when its last connection has ended, with the proof in the audit log', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}/live`);
  await expect.poll(() => ofRow(page, t('traffic.realServersOf', { service: 'web' }), t('traffic.state'))).toContain(t('drain.drainingCount', { count: '1' }));
  await findsNothing(page, 'a drain that counts down');
  const load = asking();
  held.find(({ server }) => server === one)?.close();
  await expect(countdown(page).getByRole('status').filter({ hasText: new RegExp(`^${t('drain.safe')}$`) })).toBeVisible();
  expect((await load.end()).failed).toEqual([]);
  await expect(countdown(page).getByText(t('drain.states.done'), { exact: true })).toBeVisible();
  await findsNothing(page, 'a drain that is done');
  await page.goto('/audit');
  await expect(page.getByRole('row').filter({ hasText: t('audit.actions.drains.safe') }).first()).toContainText('drained');
});

test('is undone: the weight is back, and clients reach it again', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await countdown(page).getByRole('button', { name: t('drain.endOf', { what: title() }) }).click();
  await expect(page.getByText(t('drain.ended'))).toBeVisible();
  await expect(countdown(page)).toBeHidden();
  await expect.poll(async () => Object.keys(shares(await askTimes(4, vip, port))).toSorted()).toEqual([one, other]);
});
