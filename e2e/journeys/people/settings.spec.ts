// The settings of the panel: how much history it keeps is for an administrator to say, within bounds, and for everyone to read.
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { findsNothing } from '../../page/axe.ts';
import { t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';

test.describe.configure({ mode: 'serial' });

const viewer: Person = { name: 'Stella', email: 'stella@example.org', password: 'reads how much there is' };
const usualBytes = 5_000_000_000;
const Budget = z.object({ budgetBytes: z.number() });
const Entries = z.object({ entries: z.array(z.object({ action: z.string(), actorName: z.string() })) });

const budgetOf = async (api: Api) => (await api.query('history.storage', Budget)).budgetBytes;
const field = (page: Page) => page.getByLabel(t('settings.budget'));
const set = (page: Page) => page.getByRole('button', { name: t('settings.setBudget') });
const tiers = (page: Page) => page.getByRole('table', { name: t('settings.tiers') });

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  await present(api, viewer, 'viewer');
  await api.mutate('history.setBudget', z.unknown(), { budgetBytes: usualBytes });
});

test.afterAll(async () => {
  await (await Api.signedIn(administrator)).mutate('history.setBudget', z.unknown(), { budgetBytes: usualBytes });
});

test('an administrator sets how much history is kept; what is out of bounds is refused at the field', async ({ page }) => {
  const api = await Api.signedIn(administrator);
  await page.goto('/settings');
  await expect(field(page)).toHaveValue('5');
  await expect(tiers(page).getByRole('row')).not.toHaveCount(1);
  for (const [wrong, why] of [['0.01', /^At least 0\.1\.$/], ['10001', /^At most 10,?000\.$/], ['much', /^A number, such as 7\.5\.$/]] as const) {
    await field(page).fill(wrong);
    await set(page).click();
    await expect(page.getByText(why), wrong).toBeVisible();
    expect(await budgetOf(api), wrong).toBe(usualBytes);
  }
  await field(page).fill('7.5');
  await set(page).click();
  await expect(page.getByText(t('settings.budgetSet'))).toBeVisible();
  await expect(page.getByText(/ of 7\.50 GB used/)).toBeVisible();
  expect(await budgetOf(api)).toBe(7_500_000_000);
  await page.reload();
  await expect(field(page)).toHaveValue('7.5');
  await findsNothing(page, 'the settings');
});

test('it stands in the audit log', async () => {
  const { entries } = await (await Api.signedIn(administrator)).query('audit.list', Entries, { filter: { action: 'history.setBudget' } });
  expect(entries[0]).toEqual({ action: 'history.setBudget', actorName: administrator.name });
});

test('a viewer reads it, also on a small screen, and neither the page nor the panel lets a viewer set it', async ({ browser }) => {
  const page = await pageOf(browser, viewer);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/settings');
  await expect(page.getByText(/ of 7\.50 GB used/)).toBeVisible();
  await expect(tiers(page)).toBeVisible();
  await expect(page.getByText(t('roles.needs.admin'))).toBeVisible();
  await expect(field(page)).toHaveCount(0);
  await expect(set(page)).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await findsNothing(page, 'the settings of a viewer');
  const api = await Api.signedIn(viewer);
  await expect(api.mutate('history.setBudget', z.unknown(), { budgetBytes: usualBytes })).rejects.toMatchObject({ code: 'roleTooSmall', params: { needed: 'admin' } });
  expect(await budgetOf(api)).toBe(7_500_000_000);
});
