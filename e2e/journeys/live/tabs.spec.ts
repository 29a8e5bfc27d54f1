// Tabs of one browser, which allows six connections to a host: all of eight are live over one stream, whichever of them goes, ends or is hidden.
import { expect as expectSoon, test, type BrowserContext, type Page, type Request } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { applyWith, clusterNamed, create, order, ownDirector, planOf } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { column, count } from '../../weir/screen.ts';
import { open } from '../../weir/traffic.ts';

const port = 8080;
const expect = expectSoon.configure({ timeout: 30_000 });
const places: { readonly clusterId: string; readonly vip: string }[] = [];

test.describe.configure({ mode: 'serial', timeout: 240_000 });
// Eight pages draw at once; what is recorded of each would cost more than they do.
test.use({ trace: 'off', screenshot: 'off', viewport: { width: 960, height: 640 } });

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  const vip = '127.0.8.214';
  const clusterId = await create(api, {
    ...definition, name: 'in tabs', vips: [{ address: vip, holder: director }],
    services: definition.services.map((service) => ({ ...service, match: { kind: 'address', protocol: 'tcp', vip, port } })),
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await expect.poll(async () => (await applyWith(api, applyId)).finishedAt).not.toBeNull();
  places.push({ clusterId: (await clusterNamed(api, 'tutorial')).id, vip: '127.0.8.200' }, { clusterId, vip });
});

interface Streams {
  /** The tabs that have one open. */
  readonly holders: () => Page[];
  /** All there ever were. */
  readonly count: () => number;
}

function streamsOf(context: BrowserContext): Streams {
  const all = new Set<Request>();
  const over = new Set<Request>();
  context.on('request', (request) => request.url().includes('/live.stream') && all.add(request));
  context.on('requestfailed', (request) => over.add(request));
  context.on('requestfinished', (request) => over.add(request));
  const holders = () => [...all].filter((request) => !over.has(request)).map((request) => request.frame().page()).filter((page) => !page.isClosed());
  return { holders, count: () => all.size };
}

/** Two with charts, the others on the overview. */
async function openTabs(context: BrowserContext, tabCount: number): Promise<Page[]> {
  const tabs: Page[] = [];
  for (let index = 0; index < tabCount; index += 1) {
    const tab = await context.newPage();
    const place = places[index];
    await tab.goto(place === undefined ? '/' : `/clusters/${place.clusterId}/live`);
    tabs.push(tab);
  }
  for (const tab of tabs) await expect.poll(() => active(tab)).not.toBeNull();
  return tabs;
}

/** Open connections by the page: of its cluster, or of all. Null while they are not known. */
async function active(page: Page): Promise<bigint | null> {
  const [total] = await page.locator('dl > div').filter({ has: page.getByText('Active connections', { exact: true }) }).locator('dd').allInnerTexts();
  if (total !== undefined) return count(total);
  const table = page.getByRole('table', { name: 'Real servers of web' });
  // A tab that has just come back shows neither for a moment.
  if (await table.count() === 0) return null;
  const counts = Object.values(await column(table, 'RIP', 'Active connections')).map(count);
  return counts.length === 0 || counts.includes(null) ? null : counts.reduce<bigint>((sum, each) => sum + (each ?? 0n), 0n);
}

const isOverview = (page: Page) => new URL(page.url()).pathname === '/';

/** Opens a connection to each service; all these tabs show it, and its end. */
async function allFollow(tabs: readonly Page[]): Promise<void> {
  for (const tab of tabs) await expect.poll(() => active(tab)).toBe(0n);
  const opened = await Promise.all(places.map(({ vip }) => open(vip, port)));
  for (const tab of tabs) await expect.poll(() => active(tab)).toBe(isOverview(tab) ? 2n : 1n);
  for (const connection of opened) connection.close();
  for (const tab of tabs) await expect.poll(() => active(tab)).toBe(0n);
}

const look = (page: Page, visibility: 'visible' | 'hidden') => page.evaluate((state) => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, visibility);

test('eight tabs show what is live, over one stream, and each answers', async ({ context }) => {
  const streams = streamsOf(context);
  const tabs = await openTabs(context, 8);
  await allFollow(tabs);
  expect(streams.holders()).toHaveLength(1);
  for (const tab of tabs) {
    const answered = await tab.evaluate(async () => (await fetch('/api/trpc/sampleLoad.set', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"json":{"on":false}}', signal: AbortSignal.timeout(15_000),
    })).ok);
    expect(answered).toBe(true);
  }
  for (const tab of tabs) {
    await tab.getByRole('link', { name: 'Directors' }).first().click();
    await expect(tab.getByRole('heading', { name: 'Directors', exact: true })).toBeVisible();
    // The overview has such a heading, too.
    await expect(tab).toHaveURL('/directors');
    await tab.goBack();
  }
  await allFollow(tabs);
  expect(streams.holders()).toHaveLength(1);
});

test('a tab that goes to another cluster keeps to the one stream', async ({ context }) => {
  const streams = streamsOf(context);
  const tabs = await openTabs(context, 4);
  const opened = streams.count();
  for (const tab of tabs.slice(0, 3)) {
    await tab.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clusters' }).click();
    await tab.getByRole('main').getByRole('link', { name: 'in tabs' }).first().click();
    await tab.getByRole('link', { name: 'Live', exact: true }).first().click();
    await expect(tab.getByRole('heading', { name: 'in tabs, live' })).toBeVisible();
  }
  await allFollow(tabs);
  expect([streams.holders().length, streams.count()]).toEqual([1, opened]);
});

test('when the tab with the stream is closed, another has it', async ({ context }) => {
  const streams = streamsOf(context);
  const [first, ...others] = await openTabs(context, 4);
  await first?.close();
  await expect.poll(() => streams.holders().length).toBe(1);
  await allFollow(others);
  expect(streams.holders()).toHaveLength(1);
});

test('hidden tabs hear nothing after half a minute, and are caught up when they are seen', async ({ context }) => {
  const streams = streamsOf(context);
  const tabs = await openTabs(context, 4);
  const [seen, ...hidden] = tabs.toReversed();
  if (seen === undefined) throw new Error('no tabs');
  for (const tab of hidden) await look(tab, 'hidden');
  await expect.poll(() => streams.holders().map((tab) => tab === seen), { message: 'the tab that is seen takes the stream', timeout: 90_000 }).toEqual([true]);
  const opened = await Promise.all(places.map(({ vip }) => open(vip, port)));
  await expect.poll(() => active(seen)).toBe(2n);
  for (const tab of hidden) expect(await active(tab)).toBe(0n);
  await look(seen, 'hidden');
  for (const tab of hidden) await look(tab, 'visible');
  for (const tab of hidden) await expect.poll(() => active(tab)).toBe(isOverview(tab) ? 2n : 1n);
  for (const connection of opened) connection.close();
  for (const tab of tabs) await look(tab, 'hidden');
  await expect.poll(streams.holders, { message: 'nobody needs a stream', timeout: 90_000 }).toHaveLength(0);
  for (const tab of tabs) await look(tab, 'visible');
  await allFollow(tabs);
  expect(streams.holders()).toHaveLength(1);
});
