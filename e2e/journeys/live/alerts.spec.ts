// A rule finds a real server that stopped: a web hook is told, somebody takes it on with a note, and it is over when the server is back.
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startHttpServer, type SampleServer } from '@weir/lab';
import { z } from 'zod';
import { findsNothing } from '../../page/axe.ts';
import { cutTables } from '../../page/cut-tables.ts';
import { pattern, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { applyChecked } from '../../weir/checked-cluster.ts';
import { giveUp } from '../../weir/clusters.ts';
import { startHookReceiver, type HookReceiver } from '../../weir/hook-receiver.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';
import { ofThisTry, secondTryWithout } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });
// Each turn waits for the checks of a real director, and for what is sent.
test.setTimeout(180_000);

const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');
const cluster = { name: 'alerting', vip: '127.0.8.225', port: 8090, realServers: { '127.0.8.63': `rs-63-${'w'.repeat(94)}`, '127.0.8.64': 'rs-64' } };
const token = 'a-token-that-nobody-is-shown';
const onlooker: Person = { name: 'Vera', email: 'vera.alerts@example.org', password: 'looks at the weir' };
secondTryWithout(cluster.name);

let api: Api;
let receiver: HookReceiver;
let servers: SampleServer[] = [];
let clusterId = '';
let channel = '';
let ruleBefore: unknown;

const start = (address: string): Promise<SampleServer> => startHttpServer({ address, port: cluster.port });
const ruleName = (): string => t('alertRules.kinds.realServerDown');

test.beforeAll(async () => {
  api = await Api.signedIn(administrator);
  channel = ofThisTry('hook-of-the-journey');
  receiver = await startHookReceiver();
  servers = await Promise.all(Object.keys(cluster.realServers).map(start));
  clusterId = await applyChecked(api, cluster);
  const rules = await api.query('alerts.rules', z.array(z.looseObject({ kind: z.string() })));
  ruleBefore = rules.find(({ kind }) => kind === 'realServerDown');
});

test.afterAll(async () => {
  if (ruleBefore !== undefined) await api.mutate('alerts.setRule', z.unknown(), ruleBefore);
  await giveUp(api, cluster.name);
  await Promise.all(servers.map((server) => server.stop()));
  await receiver.close();
});

const now = (page: Page): Locator => page.getByRole('table', { name: t('alertPage.current') }).getByRole('row').filter({ hasText: 'rs-63' });
/** The last that ended: the first try of this journey left one as well. */
const past = (page: Page): Locator => page.getByRole('table', { name: t('alertPage.past') }).getByRole('row').filter({ hasText: 'rs-63' }).first();
const told = (word: string): boolean => receiver.received.some(({ body }) => body.includes('rs-63') && body.includes(word));

test('a web hook is added, and its test message arrives with its token', async ({ page }) => {
  await page.goto('/alerts/rules');
  // What is asked for by the page's scripts is there: so are they, and the click is heard.
  await expect(page.getByRole('table', { name: t('alertRules.rules') })).toBeVisible();
  await page.getByRole('button', { name: t('alertChannels.add') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('alertChannels.name'), { exact: true }).fill(channel);
  await dialog.getByLabel(t('alertChannels.url'), { exact: true }).fill('127.0.0.1');
  await dialog.getByRole('button', { name: t('alertChannels.save') }).click();
  await expect(dialog.getByText(t('validation.url'))).toBeVisible();
  await dialog.getByLabel(t('alertChannels.url'), { exact: true }).fill(receiver.url);
  await dialog.getByLabel(t('alertChannels.token'), { exact: true }).fill(token);
  await findsNothing(page, 'the form of a channel');
  await dialog.getByRole('button', { name: t('alertChannels.save') }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: t('alertChannels.testChannel', { name: channel }) }).click();
  await expect(page.getByText(t('alertChannels.testTaken'))).toBeVisible();
  expect(receiver.received.at(-1)?.headers.authorization).toBe(`Bearer ${token}`);
  await page.reload();
  await expect(page.getByRole('table', { name: t('alertChannels.title') })).toContainText(receiver.url);
  expect(await page.content()).not.toContain(token);
});

test('a rule is set to fire after a second and to send there; what it will do is said before', async ({ page }) => {
  await page.goto('/alerts/rules');
  await page.getByRole('button', { name: t('alertRules.editRule', { rule: ruleName() }) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('alertRules.forSeconds'), { exact: true }).fill('x');
  await dialog.getByRole('button', { name: t('alertRules.save') }).click();
  await expect(dialog.getByText(t('validation.wholeNumber'))).toBeVisible();
  await dialog.getByLabel(t('alertRules.forSeconds'), { exact: true }).fill('1');
  await dialog.getByLabel(t('alertRules.groupSeconds'), { exact: true }).fill('0');
  await dialog.getByRole('checkbox', { name: t('alertRules.everyCluster') }).uncheck();
  await dialog.getByRole('checkbox', { name: cluster.name, exact: true }).check();
  await dialog.getByRole('checkbox', { name: channel, exact: true }).check();
  await expect(dialog.getByText(t('alertRules.effectAfter', { span: '1 s' }))).toBeVisible();
  await findsNothing(page, 'the form of a rule');
  await dialog.getByRole('button', { name: t('alertRules.save') }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('table', { name: t('alertRules.rules') }).getByRole('row').filter({ hasText: ruleName() })).toContainText(channel);
});

test('a real server that stops fires: the page says so by itself, and the web hook is told, though it was out of order at first', async ({ page }) => {
  await page.goto('/alerts');
  receiver.answer(500);
  await servers[0]?.stop();
  await expect(now(page)).toContainText(t('alertPage.states.firing'), { timeout: 60_000 });
  await expect.poll(() => told('rs-63'), { timeout: 60_000 }).toBe(true);
  receiver.answer(200);
  await expect.poll(() => receiver.received.filter(({ body, answered }) => answered === 200 && body.includes('rs-63')).length, { timeout: 90_000 }).toBeGreaterThan(0);
  const messages = now(page).getByText(t('alertPage.sent', { count: 1 })).filter({ visible: true });
  await expect(messages).toBeVisible({ timeout: 60_000 });
  await messages.click();
  await expect(now(page).getByText(channel).filter({ visible: true })).toBeVisible();
  await expect(page.getByRole('navigation', { name: t('nav.label') }).getByRole('status')).toContainText(/\d/, { timeout: 60_000 });
});

test('whoever only looks is offered nothing', async ({ browser }) => {
  await present(api, onlooker, 'viewer');
  const page = await pageOf(browser, onlooker);
  await page.goto('/alerts');
  await expect(now(page)).toContainText(t('alertPage.nobody'));
  await expect(page.getByRole('button', { name: t('alertPage.acknowledge') })).toHaveCount(0);
  await page.goto('/alerts/rules');
  await expect(page.getByRole('table', { name: t('alertRules.rules') })).toContainText(ruleName());
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  await page.context().close();
});

for (const { locale, theme, width } of [{ locale: 'en', theme: 'light', width: 1440 }, { locale: 'zh-CN', theme: 'dark', width: 390 }]) {
  test(`axe finds nothing and nothing is cut: ${locale}, ${theme}, ${width} px`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 });
    await context.addCookies([{ name: 'weir.locale', value: locale, url }, { name: 'weir.theme', value: theme, url }]);
    for (const place of ['/alerts', '/alerts/rules']) {
      await page.goto(place);
      await expect(page.getByRole('main').getByRole('row').nth(1)).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await findsNothing(page, place);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      expect(await cutTables(page), place).toEqual([]);
      await page.screenshot({ path: `${pictures}/${place === '/alerts' ? 'alerts' : 'alert-rules'}-${locale}-${theme}-${width}.png`, fullPage: true });
    }
  });
}

test('it is taken on with a note, with the thumb, and everybody sees by whom', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/alerts');
  await now(page).getByRole('button', { name: t('alertPage.acknowledge') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('alertPage.note'), { exact: true }).fill('the disk is full, I make room');
  await findsNothing(page, 'taking an alert on');
  await dialog.getByRole('button', { name: t('alertPage.acknowledge') }).click();
  await expect(dialog).toBeHidden();
  await expect(now(page)).toContainText('the disk is full, I make room');
  await expect(now(page)).toContainText(administrator.name);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/events?cluster=${clusterId}&kind=alert`);
  const events = page.getByRole('table', { name: t('eventList.title') });
  await expect(events.getByText(pattern('events.alert.acknowledged', { rule: 'realServerDown' })).first()).toBeVisible();
  await expect(events).toContainText(t('eventList.note', { note: 'the disk is full, I make room' }));
  await expect(events.getByText(pattern('events.alert.fired', { rule: 'realServerDown' })).first()).toBeVisible();
});

test('it is over when the server is back: the page says so, and the web hook is told', async ({ page }) => {
  await page.goto('/alerts');
  await expect(now(page)).toBeVisible();
  const before = receiver.received.length;
  servers[0] = await start('127.0.8.63');
  await expect(past(page)).toContainText(t('alertPage.states.ended'), { timeout: 60_000 });
  await expect(now(page)).toHaveCount(0);
  await expect(past(page)).toContainText('the disk is full, I make room');
  await expect.poll(() => receiver.received.slice(before).some(({ body }) => body.includes('rs-63')), { timeout: 60_000 }).toBe(true);
});

test('the channel is removed, after its effect was said', async ({ page }) => {
  await page.goto('/alerts/rules');
  await page.getByRole('button', { name: t('alertChannels.removeChannel', { name: channel }) }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(t('alertChannels.removeEffect', { count: 1 }));
  await dialog.getByRole('button', { name: t('alertChannels.remove'), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('table', { name: t('alertChannels.title') }).getByText(channel)).toHaveCount(0);
});
