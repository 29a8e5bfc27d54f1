// From signing in to an applied weight with the keyboard alone.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { administrator } from '../weir/people.ts';
import { clusterNamed } from '../weir/clusters.ts';
import { Api } from '../weir/api.ts';
import { realServerRow } from '../weir/cluster-form.ts';

test.use({ storageState: { cookies: [], origins: [] } });

// More than any of the pages has.
const stopsMax = 80;

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && target.evaluate((element) => element === document.activeElement);
}

/** Presses Tab until it is there; the focus must be seen on the way. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < stopsMax; stops += 1) {
    await page.keyboard.press('Tab');
    if (!(await hasFocus(target))) continue;
    const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, 'the focus can be seen').not.toBe('none');
    return;
  }
  throw new Error(`Tab did not reach ${String(target)} in ${stopsMax} stops`);
}

async function weights(): Promise<number[]> {
  const { head } = await clusterNamed(await Api.signedIn(administrator), 'tutorial');
  return head.definition.services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight));
}

test('a weight is changed and applied without a pointer', async ({ page }) => {
  const [first = 0, second = 0] = await weights();
  await page.goto('/sign-in');
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(administrator.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(administrator.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  const table = page.getByRole('table', { name: 'All clusters' });
  await tabTo(page, table.getByRole('row').nth(1));
  const tutorial = table.getByRole('row').filter({ hasText: 'tutorial' });
  for (let rows = 0; rows < 20 && !(await hasFocus(tutorial)); rows += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'tutorial' })).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: 'Edit' }));
  await page.keyboard.press('Enter');
  await tabTo(page, realServerRow(page, 1).getByLabel('Weight'));
  await page.keyboard.press('ArrowUp');
  await tabTo(page, page.getByRole('button', { name: 'Save and review' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Apply 1 change' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /^applied$/ })).toBeVisible();

  expect(await weights()).toEqual([first, second + 1]);
});

test('a dialog takes the focus, keeps it, and gives it back', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  const button = page.getByRole('button', { name: 'Enrol a director' });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Code')).toBeFocused();
  for (let stops = 0; stops < 12; stops += 1) {
    await page.keyboard.press('Tab');
    // At either end a guard beside the dialog has the focus for a moment, and hands it on.
    await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});
