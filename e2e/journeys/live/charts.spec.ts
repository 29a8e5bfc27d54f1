// Charts over time: a piece is chosen by dragging and by keys, stands in the address, and is left again; what happened is marked and leads to its page.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { findsNothing } from '../../page/axe.ts';
import { Api } from '../../weir/api.ts';
import { applyWith, create, order, ownDirector, planOf } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { askTimes } from '../../weir/traffic.ts';
import { rowsOf } from '../../weir/screen.ts';

const vip = '127.0.8.231';
const port = 8080;
let clusterId: string;
let place: string;

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  clusterId = await create(api, {
    ...definition, name: 'in charts', vips: [{ address: vip, holder: director }],
    services: definition.services.map((service) => ({ ...service, match: { kind: 'address', protocol: 'tcp', vip, port } })),
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await expect.poll(async () => (await applyWith(api, applyId)).finishedAt, { timeout: 30_000 }).not.toBeNull();
  place = `/clusters/${clusterId}/live`;
});

const chart = (page: Page, name: string) => page.getByRole('figure', { name }).first();
const axisOf = (figure: Locator) => figure.locator('.recharts-xAxis-tick-labels').first();

/** Until it draws: connections were made, and the last of them is known. */
async function watch(page: Page, address = place): Promise<void> {
  await page.goto(address);
  const figures = chart(page, 'Active connections').getByRole('table');
  await expect.poll(async () => (await rowsOf(figures))[0]?.['Last'], { timeout: 45_000 }).toBe('0');
}

/** From one part of the plot's width to another. */
async function drag(page: Page, figure: Locator, from: number, to: number): Promise<void> {
  await figure.scrollIntoViewIfNeeded();
  const box = await figure.boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 };
  const at = (part: number) => [box.x + 72 + part * (box.width - 88), box.y + box.height / 2] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at((from + to) / 2), { steps: 3 });
  await page.mouse.move(...at(to), { steps: 3 });
  await page.mouse.up();
}

/** Offered once the page has drawn what its address says: a key or a click before that is about what was there. */
const backToLive = (page: Page) => page.getByRole('button', { name: 'Back to live' });

const isPiece = /[?&]from=\d+&to=\d+/;

test('dragging on one zooms all; the address keeps it over a reload, back and Esc lead to what is live', async ({ page }) => {
  await askTimes(3, vip, port);
  await watch(page);
  const names = ['Active connections', 'New connections', 'Bytes'];
  for (const name of names) await expect(axisOf(chart(page, name))).toContainText('now');
  await drag(page, chart(page, 'New connections'), 0.6, 1);
  await expect(page).toHaveURL(isPiece);
  const [from, to] = ['from', 'to'].map((name) => Number(new URL(page.url()).searchParams.get(name)));
  expect(Math.round(((to ?? 0) - (from ?? 0)) / 1_000)).toBeGreaterThan(100);
  expect(Math.round(((to ?? 0) - (from ?? 0)) / 1_000)).toBeLessThan(140);
  await expect(page.getByText(/^Shown: /)).toBeVisible();
  for (const name of names) await expect(axisOf(chart(page, name))).toContainText(/\d\d:\d\d/);
  for (const name of names) await expect(axisOf(chart(page, name))).not.toContainText('now');
  const shown = await Promise.all(names.map((name) => axisOf(chart(page, name)).textContent()));
  expect(new Set(shown).size, 'one time axis').toBe(1);
  const address = page.url();
  await page.reload();
  await expect(page).toHaveURL(address);
  await expect(axisOf(chart(page, 'Active connections'))).toHaveText(shown[0] ?? '');
  await page.goBack();
  await expect(page).not.toHaveURL(isPiece);
  await expect(axisOf(chart(page, 'Active connections'))).toContainText('now');
  await page.goForward();
  await expect(page).toHaveURL(address);
  await expect(backToLive(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(isPiece);
  await expect(axisOf(chart(page, 'Active connections'))).toContainText('now');
});

test('hovering marks the same moment in all charts, with the values of then', async ({ page }) => {
  await askTimes(3, vip, port);
  await watch(page);
  const figure = chart(page, 'Active connections');
  const moments = () => page.locator('[data-chart-cursor]').allTextContents();
  await expect(async () => {
    const box = await figure.boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + box.width - 60, box.y + 60);
    await page.mouse.move(box.x + box.width - 20, box.y + 60, { steps: 4 });
    await expect.poll(async () => (await moments()).length, { timeout: 5_000 }).toBeGreaterThanOrEqual(4);
  }).toPass();
  await expect.poll(async () => new Set(await moments()).size).toBe(1);
  const [moment] = await moments();
  await expect(page.getByText(/^paused · .+ behind$/).first()).toBeVisible();
  expect(await moments(), 'the pointer stands all still').toContain(moment);
});

test('keys and buttons do what the pointer does', async ({ page }) => {
  await watch(page);
  await page.keyboard.press('[');
  await expect(page).toHaveURL(isPiece);
  await expect(backToLive(page)).toBeVisible();
  // Where much time went by since, live is one more step forward.
  await expect(async () => {
    await page.keyboard.press(']');
    await expect(page).not.toHaveURL(isPiece, { timeout: 2_000 });
  }).toPass();
  await expect(backToLive(page)).toHaveCount(0);
  const plot = chart(page, 'Active connections').locator('svg.recharts-surface').first();
  await plot.focus();
  await page.keyboard.press('+');
  await expect(page).toHaveURL(isPiece);
  await backToLive(page).click();
  await expect(page).not.toHaveURL(isPiece);
  await expect(backToLive(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Show half as much time' }).click();
  await expect(page).toHaveURL(isPiece);
  await expect(backToLive(page)).toBeVisible();
  await chart(page, 'Active connections').dblclick();
  await expect(page).not.toHaveURL(isPiece);
  await page.getByRole('group', { name: 'Range' }).getByRole('button', { name: '15 m' }).click();
  await expect(page).toHaveURL(/[?&]range=15m/);
});

test('what happened is marked, says what it was, and leads to its page', async ({ page }) => {
  await watch(page);
  const strip = page.getByRole('region', { name: 'What happened' });
  await strip.hover();
  const what = /Revision 1 was applied on every director\./;
  const single = strip.getByRole('link', { name: what });
  const several = strip.getByRole('button', { name: /^\d+ events/ });
  await expect(single.or(several).first()).toBeVisible();
  if (await single.count() === 0) {
    for (const many of await several.all()) {
      await many.click();
      await page.getByRole('menuitem').first().waitFor();
      if (await page.getByRole('menuitem', { name: what }).count() > 0) break;
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menuitem')).toHaveCount(0);
    }
    await page.getByRole('menuitem', { name: what }).click();
  } else {
    await single.focus();
    await expect(page.getByText(what).last()).toBeVisible();
    await single.click();
  }
  await expect(page).toHaveURL(/\/changes\/[\w-]+$/);
});

test('real servers on top of each other, their shares, and one of them by itself', async ({ page }) => {
  await askTimes(4, vip, port);
  await watch(page);
  const shares = page.getByRole('table', { name: 'Share of new connections of web, by real server' });
  const had = async () => (await rowsOf(shares)).reduce((sum, row) => sum + Number.parseFloat(row['In this time'] ?? ''), 0);
  await expect.poll(async () => Math.round(await had())).toBe(100);
  await page.getByRole('group', { name: 'Lines' }).getByRole('button', { name: 'Stacked' }).click();
  await expect(page).toHaveURL(/[?&]lines=stacked/);
  const [name = ''] = (await rowsOf(page.getByRole('table', { name: 'Real servers of web' }))).map((row) => row['Real server'] ?? '');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name: `${name} of web` })).toBeVisible();
  await expect(page).toHaveURL(/[?&]rs=/);
  await page.getByRole('button', { name: 'All of web' }).click();
  await expect(shares).toBeVisible();
});

test('an address that names what is not there is told so, and offers what is', async ({ page }) => {
  await page.goto(`${place}?service=gone`);
  await expect(page.getByText('No such virtual service', { exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: 'Choose what to show' }).selectOption({ label: `web · tcp ${vip}:${port}` });
  await expect(page.getByRole('table', { name: 'Real servers of web' })).toBeVisible();
  await page.goto(`${place}?rs=gone`);
  await expect(page.getByText('No such real server in web', { exact: true })).toBeVisible();
  await findsNothing(page, 'a real server that is not there');
  await page.getByRole('combobox', { name: 'Choose what to show' }).selectOption({ label: 'All of web' });
  await expect(page).not.toHaveURL(/[?&]rs=/);
  await expect(page.getByRole('table', { name: 'Real servers of web' })).toBeVisible();
});

test('the director\'s charts and a longer range say what they show, and nothing is too wide or hard to reach', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await watch(page);
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await sideways()).toBe(0);
  await findsNothing(page, 'the charts of a service');
  await page.getByRole('group', { name: 'Range' }).getByRole('button', { name: '1 h' }).click();
  await expect(page).toHaveURL(/[?&]range=1h/);
  await expect(page.getByText(/^one point for each \d+ [sm]$/)).toBeVisible();
  await expect(axisOf(chart(page, 'Active connections'))).not.toContainText('now');
  expect(await sideways()).toBe(0);
  await page.goto(`/directors/${await ownDirector(await Api.signedIn(administrator))}`);
  const forwards = page.getByRole('region', { name: 'What it forwards' });
  await expect(forwards.getByRole('figure', { name: 'New connections' })).toBeVisible();
  await expect(forwards.getByText('one point for each 1 s', { exact: true })).toBeVisible();
  await expect(axisOf(forwards.getByRole('figure', { name: 'New connections' }))).toContainText('now');
  expect(await sideways()).toBe(0);
  await findsNothing(page, 'the page of a director with charts');
});
