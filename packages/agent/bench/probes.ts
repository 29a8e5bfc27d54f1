// What health checks cost: `npx tsx packages/agent/bench/probes.ts`. Processor time of 1,000 tries, by Weir, by HAProxy's own checks and by a process for each
// try; and what 200,000 tries leave in the heap. Servers are in this process; loopback only, some minutes.
import { fork, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Done, Order } from './probes.subject.ts';

const RIP = '127.0.48.20';
const WARM = 2_000;
const FEW = 20_000;
const MANY = 200_000;
const PROCESSES = 200;
const HAPROXY_SERVERS = 500;
const HAPROXY_SECONDS = 12;
const HAPROXY_INTERVAL_MS = 500;
/** sysconf(_SC_CLK_TCK) */
const TICKS_PER_SECOND = 100;
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';

async function serve(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(ANSWER));
  });
  server.listen({ host: '0.0.0.0', port: 0, backlog: 4_096 });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function order(child: ChildProcess, what: Order): Promise<Done> {
  child.send(what);
  const [done] = await once(child, 'message') as [Done];
  if (done.failed > 0) throw new Error(`${done.failed} of ${what.count} tries failed`);
  return done;
}

async function weir(type: Order['type'], port: number): Promise<{ readonly few: Done; readonly many: Done }> {
  const child = fork(fileURLToPath(new URL('./probes.subject.ts', import.meta.url)));
  await once(child, 'message');
  const run = (count: number): Promise<Done> => order(child, { type, rip: RIP, port, count });
  await run(WARM);
  const few = await run(FEW - WARM);
  const many = await run(MANY - FEW);
  child.kill();
  return { few, many };
}

/** From a small shell that measures it; its output thrown away. */
async function processEach(command: string): Promise<number | null> {
  const script = `TIMEFORMAT='%3U %3S'; time for turn in {1..${PROCESSES}}; do ${command} >/dev/null 2>&1 || exit 1; done`;
  const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString('latin1'); });
  const [status] = await once(child, 'close') as [number | null];
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return status === 0 ? (user + system) / PROCESSES * 1e6 : null;
}

async function ticks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return (user ?? 0) + (system ?? 0);
}

/**
 * Milliseconds of the processor for 1,000 checks; null where it is not installed. How many there were is what it was told to do: its TCP checks end with a
 * reset in place of the last packet of the handshake, so no server ever sees one.
 */
async function haproxy(type: Order['type'], port: number): Promise<number | null> {
  if (spawnSync('haproxy', ['-v']).status !== 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  const servers = Array.from({ length: HAPROXY_SERVERS }, (_, at) => `  server s${at} 127.0.48.${1 + at % 250}:${port} check inter ${HAPROXY_INTERVAL_MS}ms`);
  const check = type === 'http' ? ['  option httpchk GET /health'] : [];
  await writeFile(join(folder, 'haproxy.cfg'), ['global', '  nbthread 1', 'defaults', '  mode http', '  timeout connect 5s', '  timeout server 5s', '  timeout client 5s', 'frontend f', `  bind unix@${join(folder, 'socket')}`, 'backend b', ...check, ...servers, ''].join('\n'));
  const child = spawn('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' });
  await setTimeout(3_000);
  const before = await ticks(child.pid ?? 0);
  await setTimeout(HAPROXY_SECONDS * 1_000);
  const perCheck = (await ticks(child.pid ?? 0) - before) / TICKS_PER_SECOND / (HAPROXY_SERVERS * HAPROXY_SECONDS * 1_000 / HAPROXY_INTERVAL_MS);
  child.kill();
  await once(child, 'exit');
  await rm(folder, { recursive: true });
  return perCheck * 1e6;
}

const table: Record<string, string | number | null>[] = [];
for (const type of ['tcp', 'http'] as const) {
  const port = await serve();
  const { few, many } = await weir(type, port);
  const own = many.cpuSeconds / (MANY - FEW) * 1e6;
  const command = type === 'http' ? `curl -sf -m 5 http://${RIP}:${port}/health` : `timeout 5 bash -c ': </dev/tcp/${RIP}/${port}'`;
  const rivals = { 'HAProxy checks': await haproxy(type, port), [type === 'http' ? 'curl, one each' : 'bash /dev/tcp, one each']: await processEach(command) };
  const row = (who: string, ms: number | null): void => void table.push({
    type, who, 'CPU ms per 1,000': ms === null ? null : Math.round(ms), 'of Weir’s': ms === null ? null : (ms / own).toFixed(2),
  });
  row('Weir', own);
  for (const [who, ms] of Object.entries(rivals)) row(who, ms);
  table.push({ type, who: `Weir's heap after ${MANY.toLocaleString('en')}, of that after ${FEW.toLocaleString('en')}`, 'CPU ms per 1,000': null, 'of Weir’s': `${(many.heapBytes / few.heapBytes * 100).toFixed(1)} %` });
}
console.table(table);
process.exit(0);
