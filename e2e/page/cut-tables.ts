// Tables and the panels they stand in.
import type { Page } from '@playwright/test';

/** The tables that do not fit into their panel. */
export function cutTables(page: Page): Promise<string[]> {
  return page.getByRole('main').locator('table').evaluateAll((tables) => (
    tables.filter((table) => table.parentElement !== null && table.parentElement.scrollWidth > table.parentElement.clientWidth)
      .map((table) => `${table.querySelector('caption')?.textContent ?? 'a table'}: ${table.scrollWidth} px`)));
}
