// The sample load through a real lab's control socket, and without one.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LoadMaker, startControlServer, startHttpServer } from '@weir/lab';
import type { ControlServer, SampleServer } from '@weir/lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleLoad } from './sample-load.ts';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { ownAddress } from '../testing/directors.ts';

let folder: string;
let socket: string;
let server: TestServer;
let plane: TestPlane;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weir-lab-'));
  socket = path.join(folder, 'lab.sock');
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { labSocket: socket });
});
afterAll(async () => {
  await plane.close();
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('the sample load', () => {
  let control: ControlServer;
  let realServer: SampleServer;
  const load = new LoadMaker();

  it('is switched on and off, and says what it does', async () => {
    realServer = await startHttpServer({ address: ownAddress(), port: 8080 });
    control = await startControlServer(socket, { servers: [realServer], load });
    expect(await plane.sampleLoad.get()).toMatchObject({
      available: true, on: false, target: '127.0.8.200:8080', startedAt: null, counts: { started: 0n },
      servers: [{ address: `${realServer.endpoint.address}:8080`, connections: 0n }],
    });
    expect(await plane.sampleLoad.set(ann, true)).toMatchObject({ on: true, target: '127.0.8.200:8080', startedAt: expect.any(Date) as unknown });
    await expect.poll(async () => {
      const view = await plane.sampleLoad.get();
      return view.available ? view.counts.started : null;
    }).toBeGreaterThan(1n);
    expect(await plane.sampleLoad.set(ann, false)).toMatchObject({ on: false });
    expect((await plane.db.auditEntry.findMany({ where: { action: 'sampleLoad.set' }, orderBy: { id: 'asc' } })).map(({ after }) => after)).toEqual([{ on: true }, { on: false }]);
    load.close();
    await control.stop();
    await realServer.stop();
    await expect(plane.sampleLoad.get()).rejects.toMatchObject({ code: 'labSilent' });
  });

  it('is not there where no lab is', async () => {
    const none = new SampleLoad(plane.db, null);
    expect([await none.get(), await none.set(ann, true)]).toEqual([{ available: false }, { available: false }]);
  });

  it.each([['garbage', 'labSilent'], ['{"servers":[]}', 'labSilent'], ['{"error":{"code":"x","message":"no","field":null}}', 'labRefused']])('does not take %s for an answer', async (text, code) => {
    const other: Server = createServer((_request, response) => response.end(text));
    await new Promise<void>((resolve) => {
      other.listen(socket, resolve);
    });
    await expect(plane.sampleLoad.get()).rejects.toMatchObject({ code });
    await new Promise((resolve) => {
      other.close(resolve);
      other.closeAllConnections();
    });
  });
});
