// What live data costs the panel: `npx tsx apps/web/bench/live.ts [folder for a CPU profile]`, after a build. CPU and memory are those of the
// panel's process; browsers, agent, database and real servers are others. Loopback only, two minutes.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Counted, Order } from './browsers.ts';
import { forwardClusters, realServersInAll, startTraffic } from './clusters.ts';
import { signInAdmin, signInViewers } from './people.ts';
import { quantile, rounded, usageOf } from './usage.ts';
import { startWeir } from './weir.ts';

const steps = [0, 1, 50, 200] as const;
const browsersMax = 200;
const connectionsPerSecond = 50;
const settleMs = 5_000;
const measureMs = 20_000;

async function ask<T>(child: ChildProcess, order: Order): Promise<T> {
  const answered = once(child, 'message');
  child.send(order);
  return ((await answered) as [T])[0];
}

function limitedBy(panel: number, browsers: number): string {
  if (panel >= 0.85) return 'the panel\'s core';
  return browsers >= 0.85 ? 'the browsers\' core' : 'one tick a second';
}

async function measure(pid: number, child: ChildProcess, count: number): Promise<Record<string, string | number>> {
  await pause(settleMs);
  child.send({ kind: 'count' } satisfies Order);
  const [before, startedAtMs] = [await usageOf(pid), performance.now()];
  await pause(measureMs);
  const [after, counted] = [await usageOf(pid), await ask<Counted>(child, { kind: 'tell' })];
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const busy = (after.cpuSeconds - before.cpuSeconds) / seconds;
  const browsersBusy = counted.cpuSeconds / seconds;
  const { sinceMeasuredMs, sinceComposedMs } = counted;
  return {
    browsers: count, 'core %': rounded(busy * 100, 1),
    'ticks per browser and second': rounded(counted.ticks / count / seconds, 2), 'kB per browser and second': rounded(counted.bytes / count / seconds / 1_000, 1),
    'since measured p50 ms': rounded(quantile(sinceMeasuredMs, 0.5)), 'p99 ms': rounded(quantile(sinceMeasuredMs, 0.99)),
    'since composed p50 ms': rounded(quantile(sinceComposedMs, 0.5)), 'its p99 ms': rounded(quantile(sinceComposedMs, 0.99)),
    'resident MiB': rounded(after.residentMebibytes), 'browsers\' core %': rounded(browsersBusy * 100), broken: counted.broken,
    'limited by': limitedBy(busy, browsersBusy),
  };
}

const weir = await startWeir({ profileDir: process.argv[2] ?? null, agents: 1, preload: null });
const child = fork(fileURLToPath(new URL('./browsers.ts', import.meta.url)));
const traffic = await startTraffic(connectionsPerSecond);
try {
  const { origin } = weir;
  const api = await signInAdmin(weir);
  for (const code of weir.codes) await api.directors.enrol.mutate({ code, name: 'director' });
  const kinds = await forwardClusters(api);
  const cookies = await signInViewers(origin, api, browsersMax);
  const browsers = cookies.map((cookie, index): Browser => {
    const topics = kinds[index % kinds.length] ?? [];
    const topic = topics[Math.floor(index / kinds.length) % topics.length];
    return { cookie, topics: topic === undefined ? [] : [topic] };
  });
  const table: Record<string, string | number>[] = [];
  for (const count of steps) {
    await ask(child, { kind: 'open', origin, browsers: browsers.slice(0, count), atOnce: 1 });
    table.push(await measure(weir.panelPid, child, count));
  }
  console.table(table);
  console.log(`${realServersInAll} real servers on one director; a third of the browsers each on the overview, a cluster of 100 and a service of 20; `
    + `${connectionsPerSecond} connections a second. "since measured": from the reading of the counters at the agent to the whole tick in the browser.`);
} finally {
  traffic.stop();
  child.disconnect();
  await weir.stop();
}
