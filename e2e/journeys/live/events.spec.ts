// What happens comes up by itself with its cause; the filter stands in the address, and nothing moves under the pointer.
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startHttpServer, type SampleServer } from '@weir/lab';
import { findsNothing } from '../../page/axe.ts';
import { cutTables } from '../../page/cut-tables.ts';
import { anyCount, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { applyChecked } from '../../weir/checked-cluster.ts';
import { giveUp } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';
import { secondTryWithout } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });
// Each turn waits for the checks of a real director.
test.setTimeout(180_000);

const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');
// In one word, as long as names may be.
const stopping = `rs-61-${'w'.repeat(94)}`;
const cluster = { name: 'watched', vip: '127.0.8.224', port: 8090, realServers: { '127.0.8.61': stopping, '127.0.8.62': 'rs-62' } };
secondTryWithout(cluster.name);

let servers: SampleServer[] = [];
let clusterId = '';

const start = (address: string): Promise<SampleServer> => startHttpServer({ address, port: cluster.port });

test.beforeAll(async () => {
  servers = await Promise.all(Object.keys(cluster.realServers).map(start));
  clusterId = await applyChecked(await Api.signedIn(administrator), cluster);
});
test.afterAll(async () => {
  await giveUp(await Api.signedIn(administrator), cluster.name);
  await Promise.all(servers.map((server) => server.stop()));
});

const table = (page: Page): Locator => page.getByRole('table', { name: t('eventList.title') });
const row = (page: Page, text: string): Locator => table(page).getByRole('row').filter({ hasText: 'rs-61' }).filter({ hasText: text });
const filter = (page: Page): Locator => page.getByRole('search', { name: t('eventList.filter') });

test('a real server that stops comes up as an event, with its cause, without a reload', async ({ page }) => {
  await page.goto(`/events?cluster=${clusterId}`);
  await expect(row(page, t('events.health.up')).first()).toBeVisible({ timeout: 60_000 });
  await servers[0]?.stop();
  const down = row(page, t('events.health.down')).first();
  await expect(down).toBeVisible({ timeout: 60_000 });
  await expect(down).toContainText(t('eventList.lastTry', { failure: t('health.failureWords.refused') }));
  await expect(down.getByRole('link', { name: cluster.name })).toHaveAttribute('href', `/clusters/${clusterId}`);
  await down.getByText(t('eventList.evidence'), { exact: true }).click();
  await expect(down).toContainText('"refused"');
  await down.getByRole('link', { name: t('eventList.more') }).click();
  await expect(page.getByRole('heading', { level: 1, name: t('health.title', { realServer: stopping }) })).toBeVisible();
});

test('the filter stands in the address: a reload shows the same, and back leads back', async ({ page }) => {
  await page.goto(`/events?cluster=${clusterId}&kind=health`);
  await expect(table(page)).toBeVisible();
  await page.keyboard.press('/');
  await expect(filter(page).getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('rs-61');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/text=rs-61/);
  await filter(page).getByRole('button', { name: t('eventList.tones.bad'), exact: true }).click();
  await expect(page).toHaveURL(/tone=bad/);
  const found = table(page).getByRole('row').filter({ hasText: 'rs-61' });
  const other = found.filter({ hasNotText: t('events.health.down') });
  await expect(found.first()).toContainText(t('events.health.down'));
  await expect(other).toHaveCount(0);
  await page.reload();
  await expect(filter(page).getByRole('searchbox')).toHaveValue('rs-61');
  await expect(filter(page).getByRole('button', { name: t('eventList.tones.bad'), exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(found.first()).toContainText(t('events.health.down'));
  await expect(other).toHaveCount(0);
  await page.goBack();
  await expect(page).not.toHaveURL(/tone=bad/);
  await expect(row(page, t('events.health.up')).first()).toBeVisible();
  await page.goto('/events?text=nobody-has-this-name');
  await expect(page.getByText(t('eventList.nothingFound'))).toBeVisible();
  await filter(page).getByRole('button', { name: t('eventList.all') }).click();
  await expect(table(page).getByRole('row').nth(2)).toBeVisible();
});

test('under the pointer no row moves: new ones are counted, and come when they are asked for', async ({ page }) => {
  await page.goto(`/events?cluster=${clusterId}&kind=health`);
  const first = table(page).getByRole('row').nth(1);
  await first.hover();
  const before = await first.innerText();
  servers[0] = await start('127.0.8.61');
  const waiting = page.getByRole('button', { name: anyCount('eventList.waiting') });
  await expect(waiting).toBeVisible({ timeout: 60_000 });
  expect((await first.innerText()).split('\n').at(-1)).toBe(before.split('\n').at(-1));
  await waiting.click();
  await expect(waiting).toBeHidden();
  await expect(row(page, t('events.health.up')).first()).toBeVisible();
});

test('the pages of the cluster and its service tell what changed lately, and lead to all of it', async ({ page }) => {
  for (const place of [`/clusters/${clusterId}`, `/clusters/${clusterId}/services/web`]) {
    await page.goto(place);
    const recent = page.getByRole('region', { name: t('eventList.recent') });
    await expect(recent.getByText(t('events.health.down')).first()).toBeVisible();
    await recent.getByRole('link', { name: t('eventList.allEvents') }).click();
    await expect(page).toHaveURL(new RegExp(`/events\\?cluster=${clusterId}`));
    await expect(row(page, t('events.health.down')).first()).toBeVisible();
  }
});

for (const { locale, theme, width } of [{ locale: 'en', theme: 'light', width: 1440 }, { locale: 'zh-CN', theme: 'dark', width: 390 }]) {
  test(`axe finds nothing and nothing is cut: ${locale}, ${theme}, ${width} px`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 });
    await context.addCookies([{ name: 'weir.locale', value: locale, url }, { name: 'weir.theme', value: theme, url }]);
    await page.goto(`/events?cluster=${clusterId}`);
    await expect(page.getByRole('link', { name: 'rs-61' }).filter({ visible: true }).first()).toBeVisible();
    await page.locator('summary').filter({ visible: true }).first().click();
    await findsNothing(page, 'events');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    expect(await cutTables(page)).toEqual([]);
    await page.screenshot({ path: `${pictures}/events-${locale}-${theme}-${width}.png`, fullPage: true });
  });
}
