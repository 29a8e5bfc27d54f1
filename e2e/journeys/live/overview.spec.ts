// The overview in one window: services with what they carry, in the order and by the filter of the address, and grey where their director is silent.
import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { z } from 'zod';
import { t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { applyWith, create, giveUp, order, planOf } from '../../weir/clusters.ts';
import { forgetDirectorAt } from '../../weir/forget.ts';
import { administrator } from '../../weir/people.ts';
import { rowsOf } from '../../weir/screen.ts';
import { SecondAgent } from '../../weir/process/second-agent.ts';
import { askTimes } from '../../weir/traffic.ts';
import { secondTryWithoutDirector } from '../second-try.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

const expect = expectSoon.configure({ timeout: 30_000 });
const agent = new SecondAgent('127.0.0.1:9470');
const cluster = 'in-one-window';
const director = 'lvs-window';
const port = 8080;
const vips = Array.from({ length: 16 }, (_, index) => `127.0.9.${index + 1}`);
const [first = ''] = vips;
let api: Api;

secondTryWithoutDirector(agent.address, cluster);

test.beforeAll(async () => {
  api = await Api.signedIn(administrator);
  await agent.start();
  const { directorId } = await api.mutate('directors.enrol', z.object({ directorId: z.string() }), { code: await agent.code(), name: director });
  const tutorial = tutorialCluster(directorId);
  const clusterId = await create(api, {
    ...tutorial, name: cluster, vips: vips.map((address) => ({ address, holder: directorId })),
    services: vips.flatMap((vip, index) => tutorial.services.map((service) => (
      { ...service, id: `service-${index}`, name: `a service with a name as long as they come ${index}`, match: { kind: 'address', protocol: 'tcp', vip, port } as const }))),
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await expect.poll(async () => (await applyWith(api, applyId)).finishedAt).not.toBeNull();
});

test.afterAll(async () => {
  agent.goOn();
  await giveUp(api, cluster);
  await agent.end();
  // Until the panel has noticed, it is refused: what answers is removed, not forgotten.
  await expect(() => forgetDirectorAt(api, agent.address)).toPass();
});

const services = (page: Page): Locator => page.getByRole('table', { name: t('overview.services') });
const rowAt = (page: Page, vip: string): Locator => services(page).getByRole('row').filter({ hasText: `tcp ${vip}:${port}` });

/** Rows that are seen whole without scrolling anything. */
function rowsInSight(page: Page): Promise<number> {
  return services(page).evaluate((table) => {
    const place = table.parentElement?.getBoundingClientRect();
    const lowest = Math.min(window.innerHeight, place?.bottom ?? 0);
    return [...table.querySelectorAll('tbody tr')].filter((row) => row.getBoundingClientRect().bottom <= lowest).length;
  });
}

test('fifteen services, totals, topology and throughput are in one window, and nothing moves when they come', async ({ page }) => {
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) document.documentElement.dataset['shifted'] = String(Number(document.documentElement.dataset['shifted'] ?? 0) + value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // Services that come or begin to carry while it is opened take their places: then it is opened again.
  await expect(async () => {
    await page.goto('/');
    await expect(rowAt(page, first)).toBeVisible();
    await expect.poll(() => rowsInSight(page)).toBeGreaterThanOrEqual(15);
    expect(Number(await page.locator('html').getAttribute('data-shifted') ?? 0)).toBeLessThan(0.02);
  }).toPass({ timeout: 120_000 });
  for (const name of [t('overview.topology'), t('overview.throughput'), t('overview.directors')]) await expect(page.getByRole('region', { name, exact: true })).toBeInViewport();
  const { height, width } = await page.evaluate(() => ({ height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth }));
  expect({ height, width }).toEqual({ height: 900, width: 1440 });
});

test('rates and the line of five minutes move with what a service carries', async ({ page }) => {
  await page.goto('/');
  await expect(rowAt(page, first)).toBeVisible();
  const rate = async () => {
    await askTimes(5, first, port);
    const row = (await rowsOf(services(page))).find((each) => each[t('overview.service')]?.includes(`tcp ${first}:${port}`) === true);
    return Number.parseFloat(row?.[t('overview.newShort')] ?? '');
  };
  await expect.poll(rate).toBeGreaterThan(0);
  // The line is flat while it carries nothing.
  const line = () => rowAt(page, first).getByRole('img', { name: pictureOf(first) }).locator('path').getAttribute('d');
  await expect.poll(async () => {
    await askTimes(2, first, port);
    return new Set((await line())?.match(/(?<= )[\d.]+/g)).size;
  }).toBeGreaterThan(1);
});

function pictureOf(vip: string): string {
  return t('overview.trafficOf', { service: `a service with a name as long as they come ${vips.indexOf(vip)}` });
}

test('filter and order are in the address and survive a reload, and the keyboard reaches filter, rows and page', async ({ page }) => {
  await page.goto('/');
  await expect(rowAt(page, first)).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: t('overview.filter') })).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.type(`${cluster} 127.0.9.1`);
  const fitting = ['127.0.9.1', '127.0.9.10', '127.0.9.11', '127.0.9.12', '127.0.9.13', '127.0.9.14', '127.0.9.15', '127.0.9.16'].map((vip) => `tcp ${vip}:${port}`);
  const shown = async () => (await rowsOf(services(page))).map((row) => row[t('overview.service')]?.split('\n').at(-1));
  await expect.poll(async () => (await shown()).length).toBe(fitting.length);
  await services(page).getByRole('button', { name: t('overview.service') }).click();
  await expect.poll(shown).toEqual(fitting);
  const inAddress = (name: string) => expect.poll(() => new URL(page.url()).searchParams.get(name));
  await inAddress('filter').toBe(`${cluster} 127.0.9.1`);
  await inAddress('sort').toBe('key');
  await page.reload();
  await expect.poll(shown).toEqual(fitting);
  await page.getByRole('searchbox', { name: t('overview.filter') }).press('Enter');
  await expect(rowAt(page, '127.0.9.1').first()).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/clusters\/.+\/live\?service=service-9/);
});

test('the services of a silent director are grey until it comes back, and the totals say of how many directors they are', async ({ page }) => {
  await page.goto(`/?filter=${cluster}`);
  const states = async () => [...new Set((await rowsOf(services(page))).map((row) => row[t('overview.state')]))];
  await expect.poll(states).toEqual([t('overview.troubles.none')]);
  const directors = await api.query('directors.list', z.array(z.object({ link: z.object({ state: z.string() }) })));
  const live = directors.filter(({ link }) => link.state === 'connected').length;
  agent.freeze();
  await expect.poll(states).toEqual([t('overview.troubles.silent')]);
  await expect(rowAt(page, '127.0.9.2')).toHaveClass(/weir-stale/);
  await expect(page.getByRole('main').getByText(t('overview.partial', { live: live - 1, all: directors.length })).first()).toBeVisible();
  await expect(page.getByRole('region', { name: t('overview.directors'), exact: true }).getByRole('listitem').filter({ hasText: director })).toContainText(/\d\d:\d\d:\d\d · \d+ s/);
  agent.goOn();
  await expect.poll(states).toEqual([t('overview.troubles.none')]);
});
