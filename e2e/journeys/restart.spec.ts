// Panel, agent and database are killed while a cluster is saved, applied and overridden: nothing acknowledged is lost, what forwards is what effective says, and an open page goes on.
import { expect, test } from '@playwright/test';
import { crash } from '../crash/run.ts';
import { summary } from '../crash/summary.ts';
import { Api } from '../weir/api.ts';
import { clusterNamed } from '../weir/clusters.ts';
import { administrator } from '../weir/people.ts';
import { running } from '../weir/running.ts';
import { askTimes } from '../weir/traffic.ts';

// As `npm run crash`, which does a hundred.
const [kills, seed] = [9, 1];

test('nothing acknowledged is lost, whoever is killed when', async ({ page }) => {
  test.setTimeout(240_000);
  const api = await Api.signedIn(administrator);
  const { id } = await clusterNamed(api, 'tutorial');
  await page.goto(`/clusters/${id}/live`);
  const result = await crash({ api, ...running(), kills, seed, step: (what, work) => test.step(what, work) });
  await test.info().attach('figures', { body: summary(result), contentType: 'text/plain' });
  expect(result.losses).toEqual([]);
  for (const orders of [result.book.revisions, result.book.applies, result.book.sets, result.book.ends]) {
    expect(result.book.acknowledged(orders)).toBeGreaterThan(0);
  }

  await test.step('the page goes on without being loaded again', async () => {
    await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible({ timeout: 60_000 });
    const total = () => page.getByRole('table', { name: 'Real servers of web' }).innerText();
    const before = await total();
    await askTimes(2, '127.0.8.200', 8080);
    await expect.poll(total).not.toBe(before);
  });
});
