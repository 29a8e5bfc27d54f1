// The connections of a cluster: read on its director, looked for by client, real server and state; counts for everyone, clients for those who operate it.
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findsNothing } from '../../page/axe.ts';
import { tabTo } from '../../page/keys.ts';
import { pattern, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { clusterNamed } from '../../weir/clusters.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';
import { pidOf } from '../../weir/process/processes.ts';
import { running, url } from '../../weir/running.ts';
import { rowsOf } from '../../weir/screen.ts';
import { open, type OpenConnection } from '../../weir/traffic.ts';

const [vip, port] = ['127.0.8.200', 8080];
const viewer: Person = { name: 'Vic', email: 'vic@example.org', password: 'looks at weirs all day long' };
const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');
let clusterId: string;
let held: OpenConnection[] = [];

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  clusterId = (await clusterNamed(api, 'tutorial')).id;
  await present(api, viewer, 'viewer');
});
test.beforeEach(async () => {
  held = [await open(vip, port), await open(vip, port)];
});
test.afterEach(() => {
  for (const connection of held) connection.close();
});

const place = (filter: Record<string, string> = {}): string => `/clusters/${clusterId}/connections?${new URLSearchParams(filter).toString()}`;
const entries = (page: Page) => page.getByRole('main').getByRole('table');
const field = (page: Page, name: string) => page.getByRole('search').getByLabel(name, { exact: true });
const established = (page: Page) => page.getByRole('definition').filter({ has: page.locator('xpath=preceding-sibling::dt[contains(., "ESTABLISHED")]') });

/** State and real server of each row. */
async function listed(page: Page): Promise<string[]> {
  await expect(entries(page)).toBeVisible();
  return (await rowsOf(entries(page))).map((row) => `${row[t('connections.state')]} ${row[t('connections.realServer')]}`);
}

async function readUntil(page: Page, count: number): Promise<void> {
  await expect(async () => {
    await page.getByRole('button', { name: t('connections.refresh') }).click();
    expect((await listed(page)).filter((row) => row.startsWith('ESTABLISHED'))).toHaveLength(count);
  }).toPass();
}

test('the cluster\'s page leads to its connections, which are those that are open', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('main').getByRole('link', { name: t('cluster.connections'), exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: t('connections.title', { name: 'tutorial' }) })).toBeVisible();
  await listed(page);
  // Those of the journey before may take a moment to end.
  await readUntil(page, 2);
  await expect(established(page)).toHaveText('2');
  const [row] = await rowsOf(entries(page));
  expect(row).toMatchObject({ [t('connections.virtual')]: `${vip}:${port}`, [t('connections.origin')]: t('connections.origins.local') });
  expect(row?.[t('connections.client')]).toMatch(/^127\.0\.0\.1:\d+$/);
  await expect(page.getByText(new RegExp(`^${t('connections.read')} \\d\\d:\\d\\d:\\d\\d · \\d+ s`))).toBeVisible();
  held.pop()?.close();
  await readUntil(page, 1);
});

test('a director\'s row leads to the connections of that director', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('table', { name: t('cluster.directors') }).getByRole('link', { name: /./ }).last().click();
  await expect(page).toHaveURL(/connections\?directorId=/);
  expect((await listed(page)).length).toBeGreaterThanOrEqual(2);
});

test('what is looked for stands in the address, and a state leads to its connections', async ({ page }) => {
  await page.goto(place());
  const server = held[0]?.server.split(':')[0] ?? '';
  await field(page, t('connections.realServer')).fill(server);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`rip=${server}`));
  await expect.poll(async () => (await listed(page)).every((row) => row.includes(` ${server}:`))).toBe(true);
  await page.getByRole('link', { name: 'ESTABLISHED' }).click();
  await expect(page).toHaveURL(/state=ESTABLISHED/);
  await expect(field(page, t('connections.state'))).toHaveValue('ESTABLISHED');
  await page.getByRole('button', { name: t('connections.all') }).click();
  await expect(page).not.toHaveURL(/rip=/);
  await page.goto(place({ client: '203.0.113.9' }));
  await expect(page.getByText(t('connections.none'))).toBeVisible();
});

test('a network is looked for, and what is found is counted in groups that lead to their connections', async ({ page }) => {
  await page.goto(place());
  await field(page, t('connections.client')).fill('127.0.0.9/8');
  await field(page, t('connections.groupBy')).selectOption('network');
  await page.getByRole('button', { name: t('connections.find'), exact: true }).click();
  await expect(page).toHaveURL(/network=127.0.0.0%2F8/);
  await expect(page).toHaveURL(/groupBy=network/);
  await expect(entries(page).getByRole('link', { name: '127.0.0.0/24' })).toBeVisible();
  const [row] = await rowsOf(entries(page));
  expect(row?.[t('connections.groupings.network')]).toBe('127.0.0.0/24');
  expect(row?.[t('connections.share')]).toMatch(/%$/);
  await entries(page).getByRole('link', { name: '127.0.0.0/24' }).click();
  await entries(page).getByRole('link', { name: '127.0.0.1', exact: true }).click();
  await expect(page).toHaveURL(/client=127.0.0.1/);
  await readUntil(page, 2);
  await page.goto(place({ network: '203.0.113.0/24', groupBy: 'client' }));
  await expect(page.getByText(t('connections.none'))).toBeVisible();
  await findsNothing(page, 'connections in groups');
});

test('a client is followed: what it has, and where a new connection would go and why', async ({ page }) => {
  await page.goto(place());
  const form = page.getByRole('form', { name: t('connections.follow') });
  await form.getByLabel(t('connections.client'), { exact: true }).fill('127.0.0.1');
  await form.getByLabel(t('connections.clientPort')).fill('70000');
  await form.getByRole('button', { name: t('connections.followSubmit'), exact: true }).click();
  await expect(form.getByLabel(t('connections.clientPort'))).toHaveAccessibleDescription(/65/);
  await form.getByLabel(t('connections.clientPort')).fill('');
  await form.getByRole('button', { name: t('connections.followSubmit'), exact: true }).click();
  await expect(page).toHaveURL(/follow=127.0.0.1/);
  const followed = page.getByRole('table', { name: new RegExp('^127.0.0.1 on ') });
  await expect(followed).toBeVisible();
  const [row] = await rowsOf(followed);
  expect(row?.[t('connections.now')]).toMatch(/to 127\.0\.8\.\d+:8080/);
  expect(row?.[t('connections.why')]).toMatch(/./);
  await findsNothing(page, 'a client that is followed');
  await page.getByRole('button', { name: t('connections.followStop') }).click();
  await expect(followed).toHaveCount(0);
  await expect(page).not.toHaveURL(/follow=/);
});

test('what is no address is said at its field, by keyboard alone', async ({ page }) => {
  await page.goto(place());
  await listed(page);
  await tabTo(page, field(page, t('connections.client')));
  await page.keyboard.type('192.168.8.0/33');
  await page.keyboard.press('Enter');
  await expect(field(page, t('connections.client'))).toHaveAccessibleDescription(/./);
  await expect(page).not.toHaveURL(/client=/);
  await findsNothing(page, 'an address that is none');
});

test('a viewer sees how many there are, and not whose they are', async ({ browser }) => {
  const page = await pageOf(browser, viewer);
  await page.goto(place({ client: '127.0.0.1' }));
  await expect(page.getByText(t('connections.countsOnly'))).toBeVisible();
  await expect(async () => {
    await page.getByRole('button', { name: t('connections.refresh') }).click();
    await expect(established(page)).toHaveText('2', { timeout: 5_000 });
  }).toPass();
  await expect(entries(page)).toHaveCount(0);
  await expect(field(page, t('connections.client'))).toHaveCount(0);
  await findsNothing(page, 'the connections for a viewer');
  await page.context().close();
});

test('while a director thinks, what is there is marked as the answer to the question before; when it stays silent that is said, and it is read again when it answers', async ({ page }) => {
  await page.goto(place());
  await listed(page);
  const pid = pidOf(running().launcher, 'agent');
  if (pid === null) throw new Error('no agent runs');
  process.kill(pid, 'SIGSTOP');
  try {
    await field(page, t('connections.state')).selectOption('ESTABLISHED');
    await page.getByRole('button', { name: t('connections.find'), exact: true }).click();
    await expect(page.getByText(pattern('connections.asking', { directors: /.+/, question: /.*ESTABLISHED/ }))).toBeVisible();
    await expect(page.getByText(t('connections.before'))).toBeVisible();
    await expect(entries(page)).toBeVisible();
    await page.screenshot({ path: `${pictures}/connections-before.png`, fullPage: true });
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible({ timeout: 40_000 });
    await expect(page.getByText(t('connections.before'))).toHaveCount(0);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await page.getByRole('main').getByRole('button', { name: t('states.retry') }).click();
  await expect(entries(page)).toBeVisible({ timeout: 30_000 });
});

for (const { locale, theme, width } of [
  { locale: 'en', theme: 'light', width: 1440 }, { locale: 'zh-CN', theme: 'dark', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 }, { locale: 'zh-CN', theme: 'light', width: 390 },
]) {
  test(`axe finds nothing and nothing scrolls sideways: ${locale}, ${theme}, ${width} px`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 });
    await context.addCookies([{ name: 'weir.locale', value: locale, url }, { name: 'weir.theme', value: theme, url }]);
    await page.goto(place());
    await expect(entries(page)).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 'scrolls sideways by px').toBe(0);
    await findsNothing(page, 'connections');
    await page.screenshot({ path: `${pictures}/connections-${locale}-${theme}-${width}.png`, fullPage: true });
    await page.goto(place({ groupBy: 'client', follow: '127.0.0.1' }));
    await expect(entries(page)).toHaveCount(2);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 'groups and a client scroll sideways by px').toBe(0);
    await page.screenshot({ path: `${pictures}/connections-followed-${locale}-${theme}-${width}.png`, fullPage: true });
  });
}
