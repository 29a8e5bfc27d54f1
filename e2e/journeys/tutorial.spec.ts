// The tutorial's cluster: one click, then real traffic, and the page shows what the real servers counted themselves.
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../weir/api.ts';
import { clusterNamed } from '../weir/clusters.ts';
import { administrator } from '../weir/people.ts';
import { t } from '../page/look.ts';
import { column, count, outcome, rowsOf } from '../weir/screen.ts';
import { askTimes, open, served, servedSince } from '../weir/traffic.ts';

test.describe.configure({ mode: 'serial' });

const vip = '127.0.8.200';
const port = 8080;
let before: ReadonlyMap<string, bigint>;

test('one click creates the cluster and applies it', async ({ page }) => {
  before = await served();
  await page.goto('/');
  await page.getByRole('button', { name: t('firstSteps.createTutorial') }).click();
  await expect(outcome(page, 'applied')).toBeVisible();
  await expect(page.getByText(t('applied.readBackSame'))).toBeVisible();
  await expect(page.getByText(`curl ${vip}:${port}`)).toBeVisible();
});

test('the two real servers answer in turn', async () => {
  const answers = await askTimes(10, vip, port);
  expect(new Set(answers)).toEqual(new Set(['127.0.8.20', '127.0.8.30']));
  for (const [index, server] of answers.entries()) if (index > 0) expect(server).not.toBe(answers[index - 1]);
});

test('the connections that the page counts are those that the real servers counted', async ({ page }) => {
  const { id } = await clusterNamed(await Api.signedIn(administrator), 'tutorial');
  await page.goto(`/clusters/${id}/live`);
  const table = page.getByRole('table', { name: t('traffic.realServersOf', { service: 'web' }) });
  const counted = async () => {
    const connections = await column(table, 'RIP', t('traffic.connections'));
    return Object.fromEntries(Object.entries(connections).map(([address, text]) => [address, count(text)]));
  };
  await expect.poll(counted).toEqual(await servedSince(before));
  await askTimes(7, vip, port);
  const witnessed = await servedSince(before);
  expect(Object.values(witnessed).reduce((sum, each) => sum + each, 0n)).toBe(17n);
  await expect.poll(counted).toEqual(witnessed);
  for (const row of await rowsOf(table)) {
    expect(row[t('traffic.totalIn')]).toMatch(/^[1-9]/);
    expect(row[t('traffic.totalOut')]).toMatch(/^[1-9]/);
  }
});

test('the service counts what its real servers count', async () => {
  const api = await Api.signedIn(administrator);
  const { id } = await clusterNamed(api, 'tutorial');
  // Null in the seconds before there was a service.
  const Total = z.string().nullable();
  const Counted = z.object({ figures: z.object({ totals: z.object({ connections: Total, bytesIn: Total, bytesOut: Total }) }) });
  const Ticks = z.array(z.object({ services: z.array(Counted.extend({ realServers: z.array(Counted) })) }));
  const ticks = await api.query('live.history', Ticks, { topic: `cluster:${id}`, seconds: 5 });
  const service = ticks.at(-1)?.services[0];
  for (const name of ['connections', 'bytesIn', 'bytesOut'] as const) {
    const parts = service?.realServers.map(({ figures }) => BigInt(figures.totals[name] ?? -1)) ?? [];
    expect(parts).toHaveLength(2);
    expect(BigInt(service?.figures.totals[name] ?? -1)).toBe(parts.reduce((sum, each) => sum + each, 0n));
  }
});

test('the charts draw open and new connections as they come and go', async ({ page }) => {
  const { id } = await clusterNamed(await Api.signedIn(administrator), 'tutorial');
  await page.goto(`/clusters/${id}/live`);
  const chart = (name: string) => page.getByRole('figure', { name }).first();
  const summary = (name: string) => chart(name).getByRole('table', { name });
  const opened = await Promise.all([1, 2, 3].map(() => open(vip, port)));
  await expect.poll(async () => (await rowsOf(summary(t('traffic.active'))))[0]?.[t('chart.last')]).toBe('3');
  await expect.poll(async () => Number((await rowsOf(summary(t('traffic.newConnections'))))[0]?.[t('chart.highest')]?.replace(/[^\d.].*/, ''))).toBeGreaterThan(0);
  for (const name of [t('traffic.active'), t('traffic.newConnections'), `${t('traffic.bytes')} · ${t('traffic.byteKinds.payloadBytes')}`]) {
    await expect(chart(name).locator('path.recharts-curve').first()).toHaveAttribute('d', /^M[\d.,]+[LCM]/);
  }
  for (const connection of opened) connection.close();
  await expect.poll(async () => (await rowsOf(summary(t('traffic.active'))))[0]?.[t('chart.last')]).toBe('0');
});
