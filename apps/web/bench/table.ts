// How much a large table of a draft costs a browser: opening it, a step of the wheel, of an arrow key, a cell typed and kept. Prints a table.
// node --import tsx apps/web/bench/table.ts [CHROMIUM]
import { measure, onPage, shown } from './pages/editor-page.ts';
import type { TableBench } from './pages/table-page.tsx';

declare global {
  interface Window {
    readonly tableBench: TableBench;
  }
}

const sizes = [100, 1_000, 10_000] as const;
const times = { wheel: 120, arrow: 60, edit: 10 };
const wheelPx = 240;
/** What is recorded and saved comes when the keys rest. */
const restMs = 600;

await onPage('table-page.tsx', async (page, session) => {
  const rows: Record<string, string | number>[] = [];
  for (const realServers of sizes) {
    const opened = await measure(page, session, 1, () => page.evaluate((count) => window.tableBench.open(count), realServers));
    const weight = page.locator('[data-column=weight]').first();
    await weight.click();
    const arrow = await measure(page, session, times.arrow, () => page.keyboard.press('ArrowDown'));
    const edit = await measure(page, session, times.edit, async () => {
      await page.keyboard.press('5');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(restMs);
    });
    await page.locator('[role=grid]').hover();
    const wheel = await measure(page, session, times.wheel, () => page.mouse.wheel(0, wheelPx));
    const drawn = await page.getByRole('row').count();
    rows.push({ 'real servers': realServers, 'rows rendered': drawn, open: shown(opened), arrow: shown(arrow), 'edit, all told': shown(edit), wheel: shown(wheel) });
  }
  console.log('Milliseconds of the page\'s thread per step and two frames (scripts among it), and the longest:');
  console.table(rows);
});
