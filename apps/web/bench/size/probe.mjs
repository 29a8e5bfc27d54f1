// Runs in the panel's process while it is measured: each second a line on its heap, its pauses and its event loop, into the file that its address names.
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

const file = new URL(import.meta.url).searchParams.get('file') ?? '';
const delay = monitorEventLoopDelay({ resolution: 10 });
let collectingMs = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collectingMs += duration;
}).observe({ entryTypes: ['gc'] });
delay.enable();

setInterval(() => {
  const { heapUsed, external } = process.memoryUsage();
  // The histogram's figures are those of a timer that should come every 10 ms.
  const line = { heapUsed, external, collectingMs, delayP50Ms: delay.percentile(50) / 1e6, delayP99Ms: delay.percentile(99) / 1e6, delayMaxMs: delay.max / 1e6 };
  delay.reset();
  collectingMs = 0;
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}, 1_000).unref();
