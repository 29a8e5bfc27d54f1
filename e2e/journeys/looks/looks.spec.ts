// Every page in both themes, both languages and on a narrow screen: nothing that axe finds, nothing that scrolls sideways, nothing in the console.
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { violationsOf } from '../../page/axe.ts';
import { cutTables } from '../../page/cut-tables.ts';
import { openNewCluster } from '../../weir/cluster-form.ts';
import { clusterNamed, ownDirector } from '../../weir/clusters.ts';
import { administrator, openPersonMenu } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

// Each page in each theme, each language and each width once, but not in every mixture.
const looks = [
  { locale: 'en', theme: 'light', viewport: wide },
  { locale: 'zh-CN', theme: 'dark', viewport: wide },
  { locale: 'en', theme: 'dark', viewport: narrow },
  { locale: 'zh-CN', theme: 'light', viewport: narrow },
] as const;

// To be looked at by a person.
const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');
const pictured = new Set(['overview', 'cluster', 'edit', 'review', 'live', 'directors', 'director', 'events', 'alerts', 'alert-rules']);

async function pages(): Promise<[name: string, place: string][]> {
  const api = await Api.signedIn(administrator);
  const { id } = await clusterNamed(api, 'tutorial');
  const [last] = await api.query('changes.list', z.array(z.object({ id: z.string() })).min(1), { clusterId: id, limit: 1 });
  return [
    ['overview', '/'], ['clusters', '/clusters'], ['new-cluster', '/clusters/new'], ['cluster', `/clusters/${id}`], ['service', `/clusters/${id}/services/web`], ['edit', `/clusters/${id}/edit`], ['edit-table', `/clusters/${id}/edit?view=table`], ['edit-form', `/clusters/${id}/edit?view=form`],
    ['export', `/clusters/${id}/export`], ['import', '/clusters/import'],
    ['review', `/clusters/${id}/change`], ['revision', `/clusters/${id}/revisions/1`], ['live', `/clusters/${id}/live`], ['connections', `/clusters/${id}/connections`], ['applied', `/changes/${last?.id ?? ''}`], ['directors', '/directors'], ['director', `/directors/${await ownDirector(api)}`],
    ['events', '/events'], ['alerts', '/alerts'], ['alert-rules', '/alerts/rules'], ['people', '/people'], ['audit', '/audit'], ['sessions', '/sessions'], ['no-such-page', '/nowhere'],
  ];
}

/** What was asked for has come: no part of the page still shows its outline only. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('main').getByRole('paragraph')).first()).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
}

async function check(page: Page, name: string): Promise<void> {
  await settled(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(sideways, `${name} scrolls sideways by px`).toBe(0);
  expect.soft(await violationsOf(page), `${name} by axe`).toEqual([]);
}

for (const { locale, theme, viewport } of looks) {
  const title = `${locale}, ${theme}, ${viewport.width} px`;
  test(title, async ({ page, context }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(viewport);
    await context.addCookies([{ name: 'weir.locale', value: locale, url }, { name: 'weir.theme', value: theme, url }]);
    const said: string[] = [];
    page.on('console', (message) => {
      // A page that is not there is answered with 404, which the browser reports.
      if (message.type() === 'error' && !message.text().includes('404')) said.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => said.push(`${page.url()}: ${error.message}`));
    for (const [name, place] of await pages()) {
      await page.goto(place);
      await check(page, name);
      if (viewport === wide) expect.soft(await cutTables(page), `${name} has tables that scroll sideways`).toEqual([]);
      await expect.soft(page.locator('html')).toHaveAttribute('lang', locale);
      if (pictured.has(name)) await page.screenshot({ path: `${pictures}/${name}-${locale}-${theme}-${viewport.width}.png`, fullPage: true });
    }
    expect(said, 'missing words, refused scripts and other errors').toEqual([]);
  });
}

test.describe('before one is signed in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  for (const { locale, theme, viewport } of looks) {
    test(`${locale}, ${theme}, ${viewport.width} px`, async ({ page, context }) => {
      await page.setViewportSize(viewport);
      await context.addCookies([{ name: 'weir.locale', value: locale, url }, { name: 'weir.theme', value: theme, url }]);
      for (const [name, place] of [['sign-in', '/sign-in'], ['setup', '/setup?token=x']] as const) {
        await page.goto(place);
        await check(page, name);
      }
    });
  }
});

test('language and theme change in place, and what was typed stays', async ({ page }) => {
  await openNewCluster(page);
  await page.getByRole('region', { name: 'Cluster', exact: true }).getByLabel('Name').fill('half written');
  await openPersonMenu(page, administrator);
  await page.getByLabel('Theme').selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByLabel('Language').selectOption('简体中文');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\p{Script=Han}/u);
  await page.keyboard.press('Escape');
  await expect(page.locator('input[name="definition.name"]')).toHaveValue('half written');
});
