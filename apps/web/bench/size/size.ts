// What a large installation costs the panel, after a build:
// `npx tsx apps/web/bench/size/size.ts [--directors 100] [--agents 3] [--services 100] [--real-servers 10] [--browsers 200] [--seconds 20] [--profile FOLDER]`.
// CPU and memory are those of the panel's process; browsers, directors, database and real servers are others. Loopback only.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Counted, Order } from '../browsers.ts';
import { signInAdmin, signInViewers } from '../people.ts';
import { quantile, rounded, usageOf } from '../usage.ts';
import { startWeir } from '../weir.ts';
import { servicePort } from './addresses.ts';
import { install, startRealServers } from './installation.ts';
import type { DirectorOrder, DirectorsTold, Fault } from './recorded-directors.ts';

const faults: readonly Fault[] = ['flood', 'brisk', 'drip', 'hang'];
const connectionsPerSecond = 20;
const recordedSeconds = 300;
const settleMs = 8_000;
const openingAtOnce = 20;

const { values } = parseArgs({
  options: {
    directors: { type: 'string', default: '100' }, agents: { type: 'string', default: '3' }, services: { type: 'string', default: '100' },
    'real-servers': { type: 'string', default: '10' }, browsers: { type: 'string', default: '200' }, seconds: { type: 'string', default: '20' }, profile: { type: 'string' },
  },
});
const size = { services: Number(values.services), realServers: Number(values['real-servers']) };
const [directorCount, agentCount, browserCount, measureMs] = [Number(values.directors), Number(values.agents), Number(values.browsers), Number(values.seconds) * 1_000];
const recordedCount = directorCount - agentCount;

async function ask<T>(child: ChildProcess, order: Order | DirectorOrder): Promise<T> {
  const answered = once(child, 'message');
  child.send(order);
  return ((await answered) as [T])[0];
}

interface Probed {
  readonly heapUsed: number; readonly external: number; readonly collectingMs: number;
  readonly delayP50Ms: number; readonly delayP99Ms: number; readonly delayMaxMs: number;
}

async function probed(file: string): Promise<Probed[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Probed);
}

function mebibytes(bytes: readonly number[]): number | string {
  return rounded(Math.max(...bytes) / 1_048_576);
}

interface Measured { readonly panelPid: number; readonly agentPids: readonly number[]; readonly browsers: ChildProcess; readonly directors: ChildProcess; readonly probeFile: string }

async function measure(what: string, count: number, { panelPid, agentPids, browsers, directors, probeFile }: Measured): Promise<Record<string, string | number>> {
  await pause(settleMs);
  browsers.send({ kind: 'count' } satisfies Order);
  const agentsUse = async (): Promise<number> => (await Promise.all(agentPids.map(usageOf))).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const [before, agentsBefore, linesBefore, toldBefore, startedAtMs] = [
    await usageOf(panelPid), await agentsUse(), await probed(probeFile), await ask<DirectorsTold>(directors, { kind: 'tell' }), performance.now()];
  await pause(measureMs);
  const [after, agentsAfter, counted, told] = [await usageOf(panelPid), await agentsUse(), await ask<Counted>(browsers, { kind: 'tell' }), await ask<DirectorsTold>(directors, { kind: 'tell' })];
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const lines = (await probed(probeFile)).slice(linesBefore.length);
  const perSecond = (amount: number): number | string => rounded(amount / seconds, 2);
  return {
    what, browsers: count,
    'panel, CPU s per s': perSecond(after.cpuSeconds - before.cpuSeconds),
    'of it collecting garbage': perSecond(lines.reduce((sum, { collectingMs }) => sum + collectingMs, 0) / 1_000),
    'resident MiB': rounded(after.residentMebibytes), 'heap MiB, most': mebibytes(lines.map(({ heapUsed }) => heapUsed)), 'buffers MiB, most': mebibytes(lines.map(({ external }) => external)),
    'kB per browser and s': rounded(counted.bytes / count / seconds / 1_000, 1), 'ticks per browser and s': rounded(counted.ticks / count / seconds, 2),
    'measured to browser p50 ms': rounded(quantile(counted.sinceMeasuredMs, 0.5)), 'p95 ms': rounded(quantile(counted.sinceMeasuredMs, 0.95)), 'worst ms': rounded(quantile(counted.sinceMeasuredMs, 1)),
    'loop delay p99 ms, median of seconds': rounded(quantile(lines.map(({ delayP99Ms }) => delayP99Ms), 0.5)), 'loop delay worst ms': rounded(Math.max(...lines.map(({ delayMaxMs }) => delayMaxMs))),
    'recorded ticks per s': perSecond(told.ticks - toldBefore.ticks), 'recorded directors, CPU s per s': perSecond(told.cpuSeconds - toldBefore.cpuSeconds),
    'agents, CPU s per s, each': rounded((agentsAfter - agentsBefore) / seconds / agentPids.length, 2), 'browsers, CPU s per s': perSecond(counted.cpuSeconds), 'streams broken': counted.broken,
  };
}

/** A table on its side: there are more figures than cases. */
function show(cases: readonly Record<string, string | number>[]): void {
  const names = Object.keys(cases[0] ?? {});
  console.table(Object.fromEntries(names.map((name) => [name, Object.fromEntries(cases.map((one) => [`${one['what']}, ${one['browsers']} browsers`, one[name]]))])));
}

function startTraffic(vips: readonly string[]): () => void {
  let made = 0;
  const timer = setInterval(() => {
    const host = vips[made % vips.length];
    if (host !== undefined) connect({ host, port: servicePort }).on('error', () => {}).resume();
    made += 1;
  }, 1_000 / connectionsPerSecond);
  return () => clearInterval(timer);
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const folder = await mkdtemp(path.join(tmpdir(), 'weir-size-'));
const probeFile = path.join(folder, 'probe');
const weir = await startWeir({
  profileDir: values.profile ?? null, agents: agentCount, preload: `${pathToFileURL(here('./probe.mjs')).href}?file=${encodeURIComponent(probeFile)}`,
});
const [browsers, directors] = [fork(here('../browsers.ts')), fork(here('./recorded-directors.ts'))];
for (const child of [browsers, directors]) child.once('exit', (code) => { if (code !== 0) throw new Error('a process of the benchmark ended'); });
const realServers = await startRealServers(size);
const ends: (() => void)[] = [];
try {
  const api = await signInAdmin(weir);
  const recorded = await ask<readonly string[]>(directors, { kind: 'start', count: recordedCount, size, seconds: recordedSeconds });
  const faulty = Math.min(faults.length, recordedCount);
  const { topics, vips } = await install(api, size, { agents: weir.codes, recorded, faulty, process: directors });
  ends.push(startTraffic(vips));
  console.log(`installed after ${rounded(performance.now() / 1_000)} s`);
  const cookies = await signInViewers(weir.origin, api, browserCount);
  const tabs = cookies.map((cookie, index): Browser => {
    const kind = topics[index % topics.length] ?? [];
    const topic = kind[Math.floor(index / topics.length) % kind.length];
    return { cookie, topics: topic === undefined ? [] : [topic] };
  });
  const measured = { panelPid: weir.panelPid, agentPids: weir.agentPids, browsers, directors, probeFile };
  const cases = [await measure('all well', 0, measured)];
  const [openedAtMs, beforeOpening, probedBefore] = [performance.now(), await usageOf(weir.panelPid), (await probed(probeFile)).length];
  await ask(browsers, { kind: 'open', origin: weir.origin, browsers: tabs, atOnce: openingAtOnce });
  const openedSeconds = (performance.now() - openedAtMs) / 1_000;
  const openedCpuSeconds = (await usageOf(weir.panelPid)).cpuSeconds - beforeOpening.cpuSeconds;
  const standstillMs = Math.max(...(await probed(probeFile)).slice(probedBefore).map(({ delayMaxMs }) => delayMaxMs));
  cases.push(await measure('all well', browserCount, measured));
  directors.send({ kind: 'fail', faults: faults.slice(0, faulty).map((fault, index) => [recordedCount - faulty + index, fault]) } satisfies DirectorOrder);
  cases.push(await measure(`${faulty} directors fail`, browserCount, measured));
  show(cases);
  console.log(`Opening ${browserCount} browsers, ${openingAtOnce} at a time, each with its page, its stream and the minutes before: ${rounded(openedCpuSeconds, 1)} s of the panel's processor in ${rounded(openedSeconds, 1)} s, what directors say meanwhile among it; `
    + `the event loop stood still for ${rounded(standstillMs)} ms at most.`);
  console.log(`${directorCount} directors of ${size.services} services of ${size.realServers} real servers. ${agentCount} are agents of their own with the proxy driver, at ${connectionsPerSecond} connections a second in all; `
    + `${recordedCount} are recorded: one process plays ticks that were written in advance with the agent's own encoder, over TLS with a key for each, and a journal of ten seconds each to be kept. A third of the browsers each follow the overview, `
    + `a cluster and a service. Those that fail: ${faults.join(', ')}; the delays are of all others.`);
} finally {
  for (const end of ends) end();
  realServers.close();
  browsers.disconnect();
  directors.disconnect();
  await weir.stop();
  await rm(folder, { recursive: true, force: true });
}
