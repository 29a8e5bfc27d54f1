// Goes about a page with the keyboard alone.
import { expect, type Locator, type Page } from '@playwright/test';

// More than any of the pages has.
const stopsMax = 120;

export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && target.evaluate((element) => element === document.activeElement);
}

/** Presses Tab until it is there; the focus must be seen on the way. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
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

export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** In place of what stands there. A list is chosen from by the first letters. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  if (await target.evaluate((element) => element instanceof HTMLInputElement)) await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Opens the row of a table that has this text, and no more, somewhere. */
export async function openRow(page: Page, table: Locator, text: string): Promise<void> {
  await tabTo(page, table.getByRole('row').nth(1));
  const row = table.getByRole('row').filter({ has: page.getByText(text, { exact: true }) });
  for (let rows = 0; rows < stopsMax && !(await hasFocus(row)); rows += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
}

export async function go(page: Page, key: 'c' | 'd', place: string): Promise<void> {
  // Between two keys of a sequence may be 1.5 s: on a machine that stands still they are two keys, and are pressed again.
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page).toHaveURL(place, { timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
}
