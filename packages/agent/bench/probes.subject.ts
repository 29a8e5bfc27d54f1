// The process that is measured: so many tries, so many of them at once; tells its processor time and what its heap holds after that.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Probe } from '@weir/model';
import { openProbes } from '../src/health/probes/open.ts';

export interface Order {
  readonly type: 'tcp' | 'http';
  readonly rip: string;
  readonly port: number;
  readonly count: number;
}

export interface Done {
  readonly cpuSeconds: number;
  readonly heapBytes: number;
  readonly failed: number;
}

const AT_ONCE = 50;
const DEADLINE_MS = 20_000;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const probes = await openProbes({ checksFolder: '/nowhere', certificatesFolder: '/nowhere' });
const kinds: Readonly<Record<Order['type'], Probe>> = {
  tcp: { type: 'tcp' },
  http: { type: 'http', method: 'GET', path: '/health', host: null, headers: [], statuses: [{ from: 200, to: 299 }], body: null, tls: null },
};

async function carryOut({ type, rip, port, count }: Order): Promise<Done> {
  const before = process.cpuUsage();
  let failed = 0;
  for (let done = 0; done < count; done += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => probes.run(kinds[type], { rip, port, source: null, path: null }, DEADLINE_MS)));
    failed += answers.filter(({ result }) => result.kind === 'failed').length;
  }
  const { user, system } = process.cpuUsage(before);
  collect();
  return { cpuSeconds: (user + system) / 1e6, heapBytes: process.memoryUsage().heapUsed, failed };
}

async function answer(order: Order): Promise<void> {
  const done = await carryOut(order);
  process.send?.(done);
}

process.on('message', (order: Order) => void answer(order));
process.send?.('ready');
