// Real servers are checked: one that dies is left out with its reason while requests go on, and comes back when it answers again.
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startHttpServer, type SampleServer } from '@weir/lab';
import { findsNothing } from '../../page/axe.ts';
import { pattern, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { addDirector, fillCluster, openNewCluster, saveAndReview } from '../../weir/cluster-form.ts';
import { clusterNamed, launchersDirector } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';
import { apply } from '../../weir/screen.ts';
import { askTimes, shares } from '../../weir/traffic.ts';
import { secondTryWithout } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });
// Each turn waits for the checks of a real director.
test.setTimeout(180_000);

secondTryWithout('checked');

const [vip, port] = ['127.0.8.211', 8090];
const [first, second] = ['127.0.8.57', '127.0.8.58'];
const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');
let servers: SampleServer[] = [];
let clusterId = '';

test.beforeAll(async () => {
  servers = [await startHttpServer({ address: first, port }), await startHttpServer({ address: second, port })];
});
test.afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const part = (page: Page): Locator => page.getByRole('group', { name: t('healthForm.title') });
const row = (page: Page, name: string): Locator => page.getByRole('table', { name: t('traffic.realServersOf', { service: 'web' }) }).getByRole('row').filter({ hasText: name });
const why = (page: Page, name: string, state: 'up' | 'down'): Locator => row(page, name).getByRole('link', { name: t('health.whyOf', { realServer: name, state: t(`health.states.${state}`) }) });

async function answered(): Promise<Record<string, number>> {
  return shares(await askTimes(4, vip, port));
}

test('an HTTP check is defined in the form, saved and applied', async ({ page }) => {
  const api = await Api.signedIn(administrator);
  await openNewCluster(page);
  await fillCluster(page, { name: 'checked', vip, port, scheduler: 'rr', realServers: [{ name: 'rs-57', rip: first, port }, { name: 'rs-58', rip: second, port }] });
  await addDirector(page, (await launchersDirector(api)).name);
  await part(page).getByRole('button', { name: t('healthForm.begin') }).click();
  await part(page).getByLabel(t('healthForm.type'), { exact: true }).selectOption('http');
  await part(page).getByLabel(t('healthForm.interval'), { exact: true }).fill('0.5');
  await part(page).getByLabel(t('healthForm.timeout'), { exact: true }).fill('0.5');
  await expect(part(page).getByText(t('healthForm.reactionBack', { back: t('healthForm.span', { least: '0.5', most: '1' }) }))).toBeVisible();
  await findsNothing(page, 'the form with a check');
  await page.screenshot({ path: `${pictures}/health-form.png`, fullPage: true });
  await saveAndReview(page);
  await apply(page);
  clusterId = (await clusterNamed(api, 'checked')).id;
});

test('both are up', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}/live`);
  await expect(why(page, 'rs-57', 'up')).toBeVisible({ timeout: 30_000 });
  await expect(why(page, 'rs-58', 'up')).toBeVisible({ timeout: 30_000 });
  expect(await answered()).toEqual({ [first]: 2, [second]: 2 });
});

test('one that stops is down with its reason, and requests go on', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}/live`);
  await expect(why(page, 'rs-57', 'up')).toBeVisible({ timeout: 30_000 });
  await servers[0]?.stop();
  await expect(why(page, 'rs-57', 'down')).toBeVisible({ timeout: 30_000 });
  await expect(why(page, 'rs-58', 'up')).toBeVisible();
  await expect.poll(answered, { timeout: 30_000 }).toEqual({ [second]: 4 });
  await page.screenshot({ path: `${pictures}/health-live.png`, fullPage: true });
  await why(page, 'rs-57', 'down').click();
  await expect(page.getByRole('heading', { level: 1, name: t('health.title', { realServer: 'rs-57' }) })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/clusters/${clusterId}/services/[^/]+/health/[^/]+$`));
  await expect(page.getByText(t('health.failures.refused')).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: pattern('health.tries.of', { number: 1, director: /.+/ }) }).getByText(t('health.failureWords.refused')).first()).toBeVisible();
  await expect(page.getByRole('table', { name: t('health.changes.title') }).getByText(t('health.states.down'), { exact: true }).first()).toBeVisible({ timeout: 30_000 });
});

for (const { locale, theme, width } of [
  { locale: 'en', theme: 'light', width: 1440 }, { locale: 'zh-CN', theme: 'dark', width: 1440 }, { locale: 'en', theme: 'dark', width: 390 }, { locale: 'zh-CN', theme: 'light', width: 390 },
]) {
  test(`axe finds nothing and nothing scrolls sideways: ${locale}, ${theme}, ${width} px`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 });
    await context.addCookies([{ name: 'weir.locale', value: locale, url }, { name: 'weir.theme', value: theme, url }]);
    const cluster = await clusterNamed(await Api.signedIn(administrator), 'checked');
    const [service] = cluster.head.definition.services;
    const places = [['why', `/clusters/${clusterId}/services/${service?.id}/health/${service?.realServers[0]?.id}`], ['live', `/clusters/${clusterId}/live`], ['cluster', `/clusters/${clusterId}`], ['form', `/clusters/${clusterId}/edit?view=form`]] as const;
    for (const [name, place] of places) {
      await page.goto(place);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} scrolls sideways by px`).toBe(0);
      await findsNothing(page, `health: ${name}`);
      await page.screenshot({ path: `${pictures}/health-${name}-${locale}-${theme}-${width}.png`, fullPage: true });
    }
  });
}

test('it answers again, and is up again', async ({ page }) => {
  servers[0] = await startHttpServer({ address: first, port });
  await page.goto(`/clusters/${clusterId}/live`);
  await expect(why(page, 'rs-57', 'up')).toBeVisible({ timeout: 30_000 });
  await expect.poll(answered, { timeout: 30_000 }).toEqual({ [first]: 2, [second]: 2 });
});
