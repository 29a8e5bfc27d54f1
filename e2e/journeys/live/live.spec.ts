// What is live: sample load that says what it is, an agent that falls silent and comes back, and a tab that nobody looks at.
import { expect, test, type Locator, type Page, type Request } from '@playwright/test';
import { Api } from '../../weir/api.ts';
import { clusterNamed } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { pidOf } from '../../weir/process/processes.ts';
import { running } from '../../weir/running.ts';
import { column, count, rowsOf } from '../../weir/screen.ts';
import { ask, askTimes, served, servedSince } from '../../weir/traffic.ts';
import { until } from '../../weir/until.ts';

const vip = '127.0.8.200';
const port = 8080;
let clusterId: string;

test.beforeAll(async () => {
  clusterId = (await clusterNamed(await Api.signedIn(administrator), 'tutorial')).id;
});

const realServers = (page: Page) => page.getByRole('table', { name: 'Real servers of web' });

/** Connections in all, by the page; null while one is not known. */
async function connections(page: Page): Promise<bigint | null> {
  const counts = Object.values(await column(realServers(page), 'RIP', 'Connections')).map(count);
  return counts.length === 0 || counts.includes(null) ? null : counts.reduce<bigint>((sum, each) => sum + (each ?? 0n), 0n);
}

async function watch(page: Page): Promise<bigint> {
  await page.goto(`/clusters/${clusterId}/live`);
  await expect.poll(() => connections(page)).not.toBeNull();
  return until('the connections are known', 5_000, () => connections(page));
}

function agent(): number {
  const pid = pidOf(running().launcher, 'agent');
  if (pid === null) throw new Error('no agent runs');
  return pid;
}

const lastSeen = (page: Page) => page.getByRole('region', { name: 'web' }).getByText(/ last seen \d\d:\d\d:\d\d · \d+ s ago$/);

async function turn(load: Locator, to: 'on' | 'off'): Promise<void> {
  const lever = load.getByRole('switch', { name: 'Sample load' });
  const checked = to === 'on';
  if (await lever.isChecked() !== checked) await lever.click();
  await expect(lever).toBeChecked({ checked });
}

test('sample load says what it is, and moves the chart while it is on', async ({ page }) => {
  await watch(page);
  const load = page.getByRole('region', { name: 'Sample load' });
  await expect(load).toContainText('made by this host\'s lab, to 127.0.8.200:8080: not traffic of clients');
  // A first try may have broken off while it was on.
  await turn(load, 'off');
  const before = await served();
  await turn(load, 'on');
  const perSecond = async () => {
    const rates = Object.values(await column(realServers(page), 'RIP', 'New connections'));
    return rates.reduce((sum, text) => sum + Number.parseFloat(text ?? ''), 0);
  };
  await expect.poll(perSecond).toBeGreaterThan(5);
  const figure = page.getByRole('figure', { name: 'New connections' }).first();
  // Out of sight it stands still.
  await figure.scrollIntoViewIfNeeded();
  await expect.poll(async () => Number.parseFloat((await rowsOf(figure.getByRole('table')))[0]?.['Highest'] ?? '')).toBeGreaterThan(5);
  await turn(load, 'off');
  await expect.poll(perSecond).toBe(0);
  const made = Object.values(await servedSince(before));
  expect(made.every((each) => each > 0n)).toBe(true);
});

test('while the agent stands still its last values stay, grey, and then they go on by themselves', async ({ page }) => {
  const before = await watch(page);
  const colour = () => realServers(page).getByRole('cell').first().evaluate((cell) => getComputedStyle(cell).color);
  const fresh = await colour();
  const pid = agent();
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(lastSeen(page)).toBeVisible();
    const first = await lastSeen(page).innerText();
    expect(await connections(page)).toBe(before);
    expect(await colour()).not.toBe(fresh);
    await expect(lastSeen(page)).not.toHaveText(first);
    expect(await connections(page)).toBe(before);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect(lastSeen(page)).toHaveCount(0);
  expect(await colour()).toBe(fresh);
  await askTimes(2, vip, port);
  await expect.poll(() => connections(page)).toBe(before + 2n);
});

test('an agent that is killed comes back with the cluster, counts from 0, and the page follows', async ({ page }) => {
  await watch(page);
  const killed = agent();
  process.kill(killed, 'SIGKILL');
  await until('requests are answered again', 20_000, () => ask(vip, port).then((server) => server.startsWith('127.')));
  expect(agent()).not.toBe(killed);
  const before = await served();
  const known = async () => {
    await expect(lastSeen(page)).toHaveCount(0);
    return connections(page);
  };
  await expect.poll(known, { timeout: 30_000 }).toBe(1n);
  await askTimes(4, vip, port);
  await expect.poll(() => connections(page)).toBe(5n);
  expect(Object.values(await servedSince(before))).toEqual([2n, 2n]);
});

test('a tab that nobody looks at closes its stream, and is caught up when it is looked at again', async ({ page }) => {
  await page.clock.install();
  const streams = new Set<Request>();
  page.on('request', (request) => request.url().includes('/live.stream') && streams.add(request));
  page.on('requestfailed', (request) => streams.delete(request));
  page.on('requestfinished', (request) => streams.delete(request));
  const before = await watch(page);
  const look = (visibility: 'visible' | 'hidden') => page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
  await look('hidden');
  await askTimes(1, vip, port);
  await expect.poll(() => connections(page), { message: 'the stream stays a while' }).toBe(before + 1n);
  await page.clock.fastForward(31_000);
  await expect.poll(() => streams.size).toBe(0);
  await page.clock.fastForward(20_000);
  await askTimes(3, vip, port);
  expect(streams.size, 'and it stays closed').toBe(0);
  const caughtUp = page.waitForResponse((response) => response.url().includes('live.history'));
  await look('visible');
  await caughtUp;
  await expect.poll(() => streams.size).toBe(1);
  await expect.poll(() => connections(page)).toBe(before + 4n);
});
