// Tables and the panels they stand in.
import type { Page } from '@playwright/test';

/** The tables that do not fit into their panel; those that are only read out have no size. */
export function cutTables(page: Page): Promise<string[]> {
  return page.getByRole('main').locator('table').evaluateAll((tables) => (
    tables.filter((table) => table.closest('.sr-only') === null && table.parentElement !== null && table.parentElement.scrollWidth > table.parentElement.clientWidth)
      .map((table) => `${table.querySelector('caption')?.textContent ?? 'a table'}: ${table.scrollWidth} px`)));
}
