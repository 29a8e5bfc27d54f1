// What live figures cost a browser: a second of the overview with six charts and two hundred sparklines, and its memory over an hour played fast.
// node --import tsx apps/web/bench/overview.ts [CHROMIUM]
import type { CDPSession } from '@playwright/test';
import { measure, onPage, shown } from './pages/editor-page.ts';
import type { OverviewBench } from './pages/overview-page.tsx';

declare global {
  interface Window {
    readonly overviewBench: OverviewBench;
  }
}

const fifteenMinutes = 900;
const anHour = 3_600;
const atOnce = 10;

async function heapMebibytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1_048_576;
}

await onPage('overview-page.tsx', async (page, session) => {
  await page.evaluate(() => window.overviewBench.open());
  const play = async (seconds: number): Promise<void> => {
    for (let played = 0; played < seconds; played += atOnce) await page.evaluate((count) => window.overviewBench.tick(count), atOnce);
  };
  await play(fifteenMinutes);
  await page.evaluate(() => window.overviewBench.longTasks());
  const idle = await measure(page, session, 30, async () => undefined);
  const tick = await measure(page, session, 60, () => page.evaluate(() => window.overviewBench.tick(1)));
  const long = await page.evaluate(() => window.overviewBench.longTasks());
  const heaps = [await heapMebibytes(session)];
  for (let hour = 0; hour < 2; hour += 1) {
    await play(anHour / 2);
    heaps.push(await heapMebibytes(session));
  }
  const [drawn, characters] = [await page.locator('svg').count(), await page.evaluate(() => window.overviewBench.characters())];
  console.log(`The last 15 minutes are there; ${drawn} drawings, ticks of ${characters} characters. Milliseconds of the page's thread (scripts among it), and the longest, for two frames:`);
  console.table([{ nothing: shown(idle), 'a tick': shown(tick), 'tasks over 50 ms in 60 ticks': long.length, 'the longest, ms': Math.max(0, ...long).toFixed(0) }]);
  console.log(`Heap after garbage is collected, MiB, and after 1,800 and 3,600 more ticks: ${heaps.map((heap) => heap.toFixed(1)).join(', ')}.`);
});
