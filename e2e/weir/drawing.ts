// Draws a cluster as a person does: with the mouse, or with the keyboard alone.
import { expect, type Locator, type Page } from '@playwright/test';
import { pattern, t } from '../page/look.ts';

/** The drawing of the page. */
export function drawing(page: Page): Locator {
  return page.getByRole('region', { name: new RegExp(`^(${t('canvas.title')}|${pattern('canvas.titleNamed', { name: /.+/ }).source})$`) });
}

/** Objects on it, by what they are and what they say. */
export function node(page: Page, kind: 'virtualService' | 'realServer' | 'director' | 'group', says: string | RegExp): Locator {
  return drawing(page).locator(`[aria-roledescription="${t(`canvas.${kind}`)}"]`).filter({ hasText: says });
}

export function sidePanel(page: Page): Locator {
  return page.getByRole('complementary', { name: t('canvas.panel') });
}

export function palette(page: Page): Locator {
  return page.getByRole('group', { name: t('canvas.palette') });
}

/** A field of what is chosen. */
export function field(page: Page, label: string): Locator {
  return sidePanel(page).getByLabel(label, { exact: true });
}

/** From the middle of one to the middle of the other, or to a place beside it. */
export async function dragOnto(page: Page, from: Locator, to: Locator, by: { readonly x: number; readonly y: number } = { x: 0, y: 0 }): Promise<void> {
  const [start, end] = [await middleOf(from), await middleOf(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  // More than one step: a hand moves, it does not jump.
  await page.mouse.move(start.x + 12, start.y + 6, { steps: 3 });
  await page.mouse.move(end.x + by.x, end.y + by.y, { steps: 12 });
  await page.mouse.up();
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  await expect(locator).toBeVisible();
  const box = await locator.boundingBox();
  if (box === null) throw new Error('nothing is drawn there');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
