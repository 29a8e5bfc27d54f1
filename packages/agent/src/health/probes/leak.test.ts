// What tries leave behind: nothing. The long run is in bench/probes.ts.
import { readdirSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Probe } from '@weir/model';
import { expect, it } from 'vitest';
import { openProbes } from './open.ts';
import type { ProbeTarget } from './probes.ts';
import { illServer, listening } from './testing/ill-server.ts';
import { HTTP } from './testing/subjects.ts';

const AT_ONCE = 50;

function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

function at(target: { readonly rip: string; readonly port: number }): ProbeTarget {
  return { ...target, source: null, path: null };
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

it('10,000 tries, good and failing, leave no socket, timer or memory behind', async () => {
  const probes = await openProbes({ checksFolder: '/nowhere', certificatesFolder: '/nowhere' });
  const { open: _1, ...tcp } = await listening(createServer());
  const { open: _2, ...web } = await listening(createHttpServer((_request, response) => response.end('all is well')));
  const talk = { asked: null, ends: true, good: () => Buffer.alloc(0), wrong: () => Buffer.alloc(0), flood: { begin: Buffer.alloc(0), again: Buffer.alloc(1) } };
  const { open: _3, ...reset } = await illServer('reset', talk);
  const tries: readonly (readonly [Probe, ProbeTarget])[] = [
    [{ type: 'tcp' }, at(tcp)], [HTTP, at(web)], [HTTP, at(reset)], [{ type: 'exchange', transport: 'udp', send: 'x', expect: null }, at({ rip: '127.0.0.1', port: 9 })],
  ];
  const run = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => {
        const [probe, target] = tries[index % tries.length]!;
        return probes.run(probe, target, 20_000);
      }));
    }
  };
  await run(2_000);
  const [files, heap] = [openFiles(), heapBytes()];
  await run(8_000);
  // Those of the servers go with what they hear.
  await expect.poll(openFiles, { timeout: 20_000 }).toBeLessThanOrEqual(files + 5);
  await expect.poll(heapBytes, { timeout: 20_000 }).toBeLessThan(heap * 1.1 + 1_000_000);
  expect(process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap' || kind === 'UDPWrap').length).toBeLessThanOrEqual(5);
  await probes.close();
}, 180_000);
