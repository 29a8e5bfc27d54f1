// The palette: from anywhere by a key or the header's field, finds objects and what can be done to them, and gives the focus back.
import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { findsNothing } from '../../page/axe.ts';
import { t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { removePeople } from '../../weir/forget.ts';
import { administrator, pageOf, present } from '../../weir/people.ts';

const expect = expectSoon.configure({ timeout: 20_000 });
const viewer = { name: 'Vera', email: 'vera-palette@example.org', password: 'a sluice in the old weir' };

const palette = (page: Page): Locator => page.getByRole('dialog', { name: t('palette.title') });
const field = (page: Page): Locator => palette(page).getByRole('combobox', { name: t('palette.label') });
const offered = (page: Page): Locator => palette(page).getByRole('option');

/** Pressed again where the page could not act yet. */
async function openByKey(page: Page): Promise<void> {
  await expect(async () => {
    if (await palette(page).count() === 0) await page.keyboard.press('Control+k');
    await expect(field(page)).toBeFocused({ timeout: 2_000 });
  }).toPass();
}

test('a key opens it, an address finds its real servers, and Escape gives the focus back', async ({ page }) => {
  await page.goto('/clusters');
  const link = page.getByRole('link', { name: t('nav.directors') });
  await link.focus();
  await openByKey(page);
  await findsNothing(page, 'the palette');
  await page.keyboard.type('127.0.8.20');
  await expect(offered(page).first()).toContainText('127.0.8.20:8080');
  await findsNothing(page, 'the palette with what it found');
  await page.keyboard.press('ArrowDown');
  await expect(offered(page).nth(1)).toHaveAttribute('data-highlighted', '');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  await expect(link).toBeFocused();
});

test('Enter opens what is found, or the page of that name', async ({ page }) => {
  await page.goto('/');
  await openByKey(page);
  await page.keyboard.type('127.0.8.200:8080');
  await expect(offered(page).first()).toContainText('tcp 127.0.8.200:8080');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/clusters\/.+\/live\?service=web$/);
  await openByKey(page);
  await page.keyboard.type(t('nav.audit'));
  await expect(offered(page).first()).toContainText(t('nav.audit'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/audit');
});

test('a verb opens its usual dialog, and nothing is done before that asks', async ({ page }) => {
  await page.goto('/');
  await openByKey(page);
  await page.keyboard.type('drain 127.0.8.20');
  await expect(offered(page).first()).toContainText(/^Drain /);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  const asks = page.getByRole('dialog', { name: /^Drain / });
  await expect(asks).toBeVisible();
  await findsNothing(page, 'the drain that the palette opened');
  await page.keyboard.press('Escape');
  await expect(asks).toHaveCount(0);
  await openByKey(page);
  await page.keyboard.type('set weight 127.0.8.30');
  await expect(offered(page).first()).toContainText('127.0.8.30:8080');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel(t('overrides.weight'), { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await openByKey(page);
  await page.keyboard.type('apply tutorial');
  await expect(offered(page).first()).toContainText('tutorial');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/clusters\/.+\/change$/);
});

test('what moves is paused and the theme is changed in place', async ({ page }) => {
  await page.goto('/');
  await openByKey(page);
  await page.keyboard.type(t('live.pause'));
  await expect(offered(page).first()).toContainText(t('live.pause'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: t('live.words.paused') })).toBeVisible();
  await openByKey(page);
  await page.keyboard.type(t('preferences.themes.dark'));
  await expect(offered(page).first()).toContainText(t('preferences.themes.dark'));
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('who may only look is offered nothing to do, and finds the same', async ({ browser }) => {
  await present(await Api.signedIn(administrator), viewer, 'viewer');
  const page = await pageOf(browser, viewer);
  await openByKey(page);
  await expect(offered(page).filter({ hasText: t('nav.overview') })).toHaveCount(1);
  for (const name of [t('nav.people'), t('palette.newCluster'), t('palette.verbs.drain')]) await expect(offered(page).filter({ hasText: name })).toHaveCount(0);
  // No verb but two words; other journeys call a cluster by the first, and none by both.
  await page.keyboard.type('drain tutorial');
  await expect(palette(page).getByText(t('palette.nothing', { text: 'drain tutorial' }))).toBeVisible();
  await field(page).fill('127.0.8.20');
  await expect(offered(page).first()).toContainText('127.0.8.20:8080');
  await page.context().close();
  await removePeople(await Api.signedIn(administrator), viewer.email);
});

test('a thumb opens it in the header of a narrow screen, and it fits there', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await expect(async () => {
    if (await palette(page).count() === 0) await page.getByRole('button', { name: t('palette.placeholder') }).click({ timeout: 5_000 });
    await expect(field(page)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await field(page).fill('tutorial');
  await expect(offered(page).first()).toContainText('tutorial');
  await findsNothing(page, 'the palette on a narrow screen');
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await sideways()).toBe(0);
  const box = await palette(page).boundingBox();
  expect(box === null ? null : box.x >= 0 && box.x + box.width <= 390).toBe(true);
  await offered(page).first().click();
  await expect(page).toHaveURL(/\/clusters\/[^/]+$/);
});
