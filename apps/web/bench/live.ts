// What live data costs the panel: `npx tsx apps/web/bench/live.ts [folder for a CPU profile]`, after a build. CPU and memory are those of the
// panel's process; browsers, agent, database and real servers are others. Loopback only, two minutes.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '../src/server/router.ts';
import type { Browser, Counted, Order } from './browsers.ts';
import { forwardClusters, realServersInAll, startTraffic } from './clusters.ts';
import { startWeir } from './weir.ts';

const steps = [0, 1, 50, 200] as const;
const browsersMax = 200;
const people = 20;
const connectionsPerSecond = 50;
const settleMs = 5_000;
const measureMs = 20_000;
const password = 'a sluice in the old weir';

interface Usage { readonly cpuSeconds: number; readonly residentMebibytes: number }

/** USER_HZ, which Linux fixes at 100 for what it shows in /proc. */
const ticksPerSecond = 100;

/** /proc/PID/stat (utime, stime) and /proc/PID/status. */
async function usageOf(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'latin1'), readFile(`/proc/${pid}/status`, 'latin1')]);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    residentMebibytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1_024,
  };
}

function apiOf(origin: string, cookie: string): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/api/trpc`, transformer: superjson, headers: { origin, cookie } })] });
}

async function signIn(origin: string, email: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`sign-in was answered with ${response.status}`);
  return response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '').join('; ');
}

/** A session for each browser, a few for each person. */
async function sessions(origin: string, admin: TRPCClient<AppRouter>): Promise<string[]> {
  const cookies: string[] = [];
  for (let person = 0; person < people; person += 1) {
    const email = `viewer-${person}@example.org`;
    await admin.people.create.mutate({ name: `Viewer ${person}`, email, password, role: 'viewer' });
    for (let session = 0; session < browsersMax / people; session += 1) cookies.push(await signIn(origin, email));
  }
  return cookies;
}

async function ask<T>(child: ChildProcess, order: Order): Promise<T> {
  const answered = once(child, 'message');
  child.send(order);
  return ((await answered) as [T])[0];
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function rounded(value: number, digits = 0): number | string {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : '';
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

const weir = await startWeir(process.argv[2] ?? null);
const child = fork(fileURLToPath(new URL('./browsers.ts', import.meta.url)));
const traffic = await startTraffic(connectionsPerSecond);
try {
  const { origin } = weir;
  const admin = { name: 'Ada', email: 'ada@example.org', password };
  await apiOf(origin, '').setup.createAdmin.mutate({ token: weir.setupToken, ...admin });
  const api = apiOf(origin, await signIn(origin, admin.email));
  const kinds = await forwardClusters(api);
  const cookies = await sessions(origin, api);
  const browsers = cookies.map((cookie, index): Browser => {
    const topics = kinds[index % kinds.length] ?? [];
    const topic = topics[Math.floor(index / kinds.length) % topics.length];
    return { cookie, topics: topic === undefined ? [] : [topic] };
  });
  const table: Record<string, string | number>[] = [];
  for (const count of steps) {
    await ask(child, { kind: 'open', origin, browsers: browsers.slice(0, count) });
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
