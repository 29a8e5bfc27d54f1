// The browsers of the benchmark, a process of its own: each opens its page, holds one stream as a tab does and looks when its ticks come.
import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import type { Topic } from '../src/live/topic.ts';

export interface Browser {
  readonly cookie: string;
  readonly topics: readonly Topic[];
}

/** `open`: those beyond the ones that are there, so many at the same time. `count`: what was counted is begun anew. */
export type Order = { readonly kind: 'open'; readonly origin: string; readonly browsers: readonly Browser[]; readonly atOnce: number } | { readonly kind: 'count' } | { readonly kind: 'tell' };

export interface Counted {
  readonly ticks: number;
  readonly bytes: number;
  /** From the reading of the counters of each live director to the last byte of the first tick that tells of it; of those whose name begins with `faulty` none. */
  readonly sinceMeasuredMs: readonly number[];
  /** From the second that the panel composed. */
  readonly sinceComposedMs: readonly number[];
  readonly cpuSeconds: number;
  readonly broken: number;
}

// Quoted once more where the tick is text within JSON.
const measuredPattern = /"name\\?":\\?"(?!faulty)([^"\\]*)\\?",\\?"state\\?":\\?"live\\?",\\?"lastSeenAtMs\\?":\d+,\\?"measuredAtMs\\?":(\d+)/g;
const composedPattern = /atMs\\?":(\d+)/;

let counted = { ticks: 0, bytes: 0, sinceMeasuredMs: [] as number[], sinceComposedMs: [] as number[], broken: 0 };
let cpuBefore = process.cpuUsage();
const open: ClientRequest[] = [];

/** `seen`: when each director last measured, as this browser was told. */
function take(event: string, seen: Map<string, string>): void {
  const composed = composedPattern.exec(event)?.[1];
  if (composed === undefined) return;
  const now = performance.timeOrigin + performance.now();
  counted.ticks += 1;
  counted.sinceComposedMs.push(now - Number(composed));
  const directors = event.slice(0, event.indexOf('clusters'));
  for (const [, name = '', measured = ''] of directors.matchAll(measuredPattern)) {
    if (seen.get(name) === measured) continue;
    seen.set(name, measured);
    counted.sinceMeasuredMs.push(now - Number(measured));
  }
}

function follow(origin: string, { cookie, topics }: Browser): Promise<void> {
  const input = encodeURIComponent(JSON.stringify({ json: { topics } }));
  return new Promise((resolve, reject) => {
    const call = request(`${origin}/api/trpc/live.stream?input=${input}`, { agent: false, headers: { cookie, accept: 'text/event-stream' } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`the stream was answered with ${response.statusCode}`));
      resolve();
      let text = '';
      const seen = new Map<string, string>();
      response.on('data', (piece: Buffer) => {
        counted.bytes += piece.length;
        text += piece.toString('utf8');
        for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
          take(text.slice(0, end), seen);
          text = text.slice(end + 2);
        }
      });
      response.on('close', () => { counted.broken += 1; });
    });
    call.on('error', reject).end();
    open.push(call);
  });
}

async function read(address: string, cookie: string): Promise<void> {
  const response = await fetch(address, { headers: { cookie } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${address} was answered with ${response.status}`);
}

/** As a tab does: the page, the stream, and the minutes before. */
async function start(origin: string, browser: Browser): Promise<void> {
  const { cookie, topics } = browser;
  await read(origin, cookie);
  await follow(origin, browser);
  for (const topic of topics) {
    const input = encodeURIComponent(JSON.stringify({ json: { topic, seconds: 900 } }));
    await read(`${origin}/api/trpc/live.history?input=${input}`, cookie);
  }
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'open') {
    const waiting = order.browsers.slice(open.length);
    await Promise.all(Array.from({ length: order.atOnce }, async () => {
      for (let browser = waiting.shift(); browser !== undefined; browser = waiting.shift()) await start(order.origin, browser);
    }));
    process.send?.('open');
  } else if (order.kind === 'count') {
    counted = { ticks: 0, bytes: 0, sinceMeasuredMs: [], sinceComposedMs: [], broken: 0 };
    cpuBefore = process.cpuUsage();
  } else {
    const { user, system } = process.cpuUsage(cpuBefore);
    process.send?.({ ...counted, cpuSeconds: (user + system) / 1_000_000 } satisfies Counted);
  }
}

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit());
