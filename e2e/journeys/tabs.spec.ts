// Eight tabs of one browser, which allows six connections to a host: all of them are live, and none keeps another waiting.
import { expect as expectSoon, test, type BrowserContext, type Page, type Request } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../weir/api.ts';
import { applyWith, clusterNamed, create, order, ownDirector, planOf } from '../weir/clusters.ts';
import { administrator } from '../weir/people.ts';
import { column, count } from '../weir/screen.ts';
import { open } from '../weir/traffic.ts';

const port = 8080;
const expect = expectSoon.configure({ timeout: 30_000 });
const tabCount = 8;
const places: { readonly clusterId: string; readonly vip: string }[] = [];

test.describe.configure({ timeout: 240_000 });
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

/** The tabs that have a stream open. */
function holdersIn(context: BrowserContext): () => Page[] {
  const all = new Set<Request>();
  const over = new Set<Request>();
  context.on('request', (request) => request.url().includes('/live.stream') && all.add(request));
  context.on('requestfailed', (request) => over.add(request));
  context.on('requestfinished', (request) => over.add(request));
  return () => [...all].filter((request) => !over.has(request)).map((request) => request.frame().page());
}

/** Two with charts, the others on the overview. */
async function openTabs(context: BrowserContext): Promise<Page[]> {
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
  const total = page.locator('dl > div').filter({ has: page.getByText('Active connections', { exact: true }) }).locator('dd');
  if (await total.count() > 0) return count(await total.innerText());
  const counts = Object.values(await column(page.getByRole('table', { name: 'Real servers of web' }), 'RIP', 'Active connections')).map(count);
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

test('eight tabs show what is live, over one stream, and each answers', async ({ context }) => {
  const holders = holdersIn(context);
  const tabs = await openTabs(context);
  await allFollow(tabs);
  expect(holders()).toHaveLength(1);
  for (const tab of tabs) {
    const answered = await tab.evaluate(async () => (await fetch('/api/trpc/sampleLoad.set', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"json":{"on":false}}', signal: AbortSignal.timeout(15_000),
    })).ok);
    expect(answered).toBe(true);
  }
  for (const tab of tabs) {
    await tab.getByRole('link', { name: 'Directors' }).first().click();
    await expect(tab.getByRole('heading', { name: 'Directors', exact: true })).toBeVisible();
  }
});
