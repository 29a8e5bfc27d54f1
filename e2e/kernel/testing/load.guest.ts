// Runs in the guest on a client: a load of short connections, each with several requests, until it is told to end.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, isIPv6, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface LoadOrder {
  /** A sample TCP echo server. */
  readonly address: string;
  readonly port: number;
  readonly concurrency: number;
  readonly requestsPerConnection: number;
  /** Between two requests: what else runs in the emulated machine needs its processors too. */
  readonly pauseMs: number;
  readonly deadlineMs: number;
}

export interface Load {
  readonly requests: number;
  readonly connections: number;
  /** Why requests failed, with how many did so. */
  readonly failures: Readonly<Record<string, number>>;
}

let running: Promise<void[]> = Promise.resolve([]);
const state = { ending: false };
let counts: { requests: number; connections: number; failures: Record<string, number> } = { requests: 0, connections: 0, failures: {} };

export function begin(order: LoadOrder): void {
  state.ending = false;
  counts = { requests: 0, connections: 0, failures: {} };
  running = Promise.all(Array.from({ length: order.concurrency }, () => worker(order)));
}

export function soFar(): Load {
  return counts;
}

export async function end(): Promise<Load> {
  state.ending = true;
  await running;
  return counts;
}

async function worker(order: LoadOrder): Promise<void> {
  while (!state.ending) {
    await connection(order).catch((error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      counts.failures[reason] = (counts.failures[reason] ?? 0) + 1;
    });
  }
}

async function connection({ address, port, requestsPerConnection, pauseMs, deadlineMs }: LoadOrder): Promise<void> {
  const socket = connect({ host: address, port, noDelay: true });
  socket.setTimeout(deadlineMs, () => socket.destroy(Object.assign(new Error('no answer in time'), { code: 'LATE' })));
  try {
    await heard(socket, /^real server \S+, connection \d+\n$/);
    counts.connections += 1;
    for (let request = 0; request < requestsPerConnection; request++) {
      socket.write('ask\n');
      await heard(socket, /^ask\n$/);
      counts.requests += 1;
      await pause(pauseMs);
    }
    const ended = once(socket, 'close');
    socket.end();
    socket.resume();
    await ended;
  } finally {
    socket.destroy();
  }
}

function heard(socket: Socket, whole: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (error?: Error): void => {
      socket.off('data', take).off('error', finish).off('close', closed);
      if (error === undefined) resolve();
      else reject(error);
    };
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
      if (whole.test(text)) finish();
    };
    const closed = (): void => finish(new Error('closed before the answer'));
    socket.on('data', take).once('error', finish).once('close', closed);
  });
}

/** Datagrams of one socket, one after the other: who answered each. */
export async function datagrams({ address, port, count }: { address: string; port: number; count: number }): Promise<string[]> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const names: string[] = [];
  try {
    for (let sent = 0; sent < count; sent++) {
      const answered = once(socket, 'message', { signal: AbortSignal.timeout(30_000) });
      socket.send('who', port, address);
      const [answer] = (await answered) as [Buffer];
      names.push(/^real server (\S+),/.exec(answer.toString())?.[1] ?? '?');
    }
    return names;
  } finally {
    socket.close();
  }
}
