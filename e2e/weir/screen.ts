// Reads what a page shows.
import { expect, type Locator, type Page } from '@playwright/test';
import { anyCount, pattern, t } from '../page/look.ts';

// The two minutes that a review offers above the limit.
const offeredMs = '120000';

/** A table's rows by the names of its columns, all of one moment. */
export function rowsOf(table: Locator): Promise<Record<string, string>[]> {
  return table.evaluate((element) => {
    if (!(element instanceof HTMLTableElement)) throw new Error('not a table');
    const names = [...element.tHead?.rows[0]?.cells ?? []].map((cell) => cell.innerText.trim());
    return [...element.tBodies].flatMap((body) => [...body.rows]).map((row) => (
      Object.fromEntries([...row.cells].map((cell, index) => [names[index] ?? '', cell.innerText.trim()]))));
  });
}

/** One column of a table, by the values of another. */
export async function column(table: Locator, key: string, value: string): Promise<Record<string, string | undefined>> {
  return Object.fromEntries((await rowsOf(table)).map((row) => [row[key] ?? '', row[value]]));
}

/** The exact number of a cell. */
export function count(text: string | undefined): bigint | null {
  const digits = (text ?? '').replaceAll(/[\s,]/g, '');
  return /^\d+$/.test(digits) ? BigInt(digits) : null;
}

/** The mark that says what an apply came to. */
export function outcome(page: Page, which: 'applied' | 'refused'): Locator {
  return page.getByRole('status').filter({ hasText: new RegExp(`^${t(`applied.outcomes.${which}`)}$`) });
}

/** What a person does before Apply where the change is above the limit: types the name, and chooses nothing that would have to be confirmed. */
export async function passLimit(page: Page): Promise<void> {
  await page.getByRole('button', { name: anyCount('changes.apply') }).waitFor();
  const asked = page.getByLabel(pattern('changes.limit.type', { name: /.+/ }));
  if (await asked.count() === 0) return;
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  await asked.fill(pattern('changes.title', { name: /(.+)/ }).exec(heading)?.[1] ?? '');
  const choice = page.getByLabel(t('confirm.choice'));
  if (await choice.inputValue() === offeredMs) await choice.selectOption(t('confirm.off'));
}

/** Presses Apply on a review and waits until the page of the apply says that it was applied and read back. */
export async function apply(page: Page): Promise<void> {
  await passLimit(page);
  await page.getByRole('button', { name: anyCount('changes.apply') }).click();
  await expect(page.getByRole('heading', { name: t('applied.title'), exact: true })).toBeVisible();
  await expect(outcome(page, 'applied')).toBeVisible();
  await expect(page.getByText(t('applied.readBackSame'))).toBeVisible();
}

/** From the menu of a director's row. */
export async function chooseTask(page: Page, director: string, task: 'rename' | 'enrolAgain' | 'remove' | 'forget'): Promise<void> {
  await page.getByRole('button', { name: t('directors.tasksFor', { name: director }) }).click();
  await page.getByRole('menuitem', { name: t(`directors.${task}`), exact: true }).click();
}

/** What the page itself says is wrong; Next announces each page in an alert of its own. */
export function alert(page: Page): Locator {
  return page.getByRole('main').getByRole('alert');
}
