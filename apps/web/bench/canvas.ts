// How much a large drawing costs a browser: opening it, a second of live figures, a step of the wheel, an edit. Prints a table.
// node --import tsx apps/web/bench/canvas.ts [CHROMIUM]
import type { CanvasBench } from './pages/canvas-page.tsx';
import { measure, onPage, shown } from './pages/editor-page.ts';

declare global {
  interface Window {
    readonly bench: CanvasBench;
  }
}

const sizes = [100, 1_000, 10_000] as const;
const times = { tick: 30, wheel: 120, edit: 10 };
const wheelPx = 240;

await onPage('canvas-page.tsx', async (page, session) => {
  const rows: Record<string, string | number>[] = [];
  for (const realServers of sizes) {
    const opened = await measure(page, session, 1, () => page.evaluate((count) => window.bench.open(count), realServers));
    const idle = await measure(page, session, times.tick, async () => undefined);
    const tick = await measure(page, session, times.tick, () => page.evaluate(() => window.bench.tick()));
    await page.mouse.move(700, 450);
    const wheel = await measure(page, session, times.wheel, () => page.mouse.wheel(0, wheelPx));
    const edit = await measure(page, session, times.edit, () => page.evaluate(() => window.bench.edit()));
    const tidy = await measure(page, session, times.edit, () => page.evaluate(() => window.bench.tidy()));
    const nodes = await page.locator('.react-flow__node').count();
    rows.push({ 'real servers': realServers, 'nodes rendered': nodes, open: shown(opened), nothing: shown(idle), tick: shown(tick), wheel: shown(wheel), edit: shown(edit), tidy: shown(tidy) });
  }
  console.log('Milliseconds of the page\'s thread per step and two frames (scripts among it), and the longest:');
  console.table(rows);
});
