// A listening socket whose accept queue is full: it answers no SYN, as a host that is gone does not.
import type { Endpoint } from '@weir/model';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { until } from './lab.ts';

/** Listens, says where, and never comes back to its event loop to accept. */
const listener = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer().listen({ host: workerData, port: 0, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

export interface Blackhole {
  readonly endpoint: Endpoint;
  stop(): Promise<void>;
}

export async function openBlackhole(rip: string): Promise<Blackhole> {
  const worker = new Worker(listener, { eval: true, workerData: rip });
  const port = await new Promise<number>((resolve) => { worker.once('message', resolve); });
  // A backlog of 1 holds two.
  const fillers: Socket[] = [1, 2].map(() => connect({ host: rip, port }).on('error', () => {}));
  await until('the accept queue is full', () => fillers.every(({ connecting }) => !connecting));
  return {
    endpoint: { rip, port },
    stop: async () => {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
