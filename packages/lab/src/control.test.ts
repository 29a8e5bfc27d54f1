// The control door and the load maker, through the real unix socket towards real servers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectLab } from './control-client.ts';
import { startControlServer, type ControlServer } from './control-server.ts';
import { startHttpServer } from './http-server.ts';
import { LoadMaker } from './load.ts';
import type { SampleServer } from './sample-server.ts';

let folder: string;
let socketPath: string;
let server: SampleServer;
let load: LoadMaker;
let control: ControlServer;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weir-lab-'));
  socketPath = path.join(folder, 'run/lab.sock');
  server = await startHttpServer({ address: '127.0.8.20', port: 0 });
  load = new LoadMaker();
  control = await startControlServer(socketPath, { servers: [server], load });
});

afterEach(async () => {
  load.close();
  await control.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function put(body: string): Promise<{ status: number | undefined; body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method: 'PUT', path: '/load' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.once('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }));
    });
    call.once('error', reject);
    call.end(body);
  });
}

it('opens its socket to this user only', async () => {
  expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(socketPath))).mode & 0o777).toBe(0o700);
});

it('makes load until it is switched off, and its figures agree with the server', async () => {
  const lab = connectLab(socketPath);
  expect(await lab.load()).toMatchObject({ on: false, plan: null, counts: { started: 0n } });
  await lab.orderLoad({ on: true, target: server.endpoint, connectionsPerSecond: 100 });
  await expect.poll(async () => (await lab.load()).counts.succeeded).toBeGreaterThan(20n);
  const off = await lab.orderLoad({ on: false });
  expect(off.on).toBe(false);
  load.close();
  await expect.poll(async () => (await lab.load()).activeConnections).toBe(0);
  const { counts } = await lab.load();
  expect(counts.started).toBe(counts.succeeded + counts.failed);
  const [report] = await lab.servers();
  expect(report?.counts.requests).toBeGreaterThanOrEqual(counts.succeeded);
  expect(report?.counts.connections).toBeLessThanOrEqual(counts.started);
  expect(report?.counts.bytesOut).toBeGreaterThan(counts.bytesReceived);
});

it('stops by itself at its end', async () => {
  const lab = connectLab(socketPath);
  const { startedAt, endsAt } = await lab.orderLoad({ on: true, target: server.endpoint, durationSeconds: 1 });
  expect((endsAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0)).toBe(1000);
  await expect.poll(async () => (await lab.load()).on, { timeout: 3000 }).toBe(false);
});

it('never has more connections open than allowed, and counts those it did not begin', async () => {
  const lab = connectLab(socketPath);
  await lab.orderLoad({ on: true, target: server.endpoint, connectionsPerSecond: 200, maxConcurrent: 1 });
  await expect.poll(async () => (await lab.load()).counts.skipped, { timeout: 10_000 }).toBeGreaterThan(0n);
  expect(server.counts().activeConnections).toBeLessThanOrEqual(1);
});

it('counts failures and says why the last one failed', async () => {
  await server.stop();
  const lab = connectLab(socketPath);
  await lab.orderLoad({ on: true, target: server.endpoint });
  await expect.poll(async () => (await lab.load()).counts.failed).toBeGreaterThan(2n);
  expect((await lab.load()).lastFailure?.reason).toMatch(/ECONNREFUSED/);
});

it.each([
  ['{', 'notJson', null],
  ['[]', 'invalid', ''],
  ['{"on":"yes"}', 'invalid', 'on'],
  ['{"on":true}', 'invalid', 'target'],
  ['{"on":true,"target":{"address":"192.0.2.1","port":80}}', 'invalid', 'target'],
  ['{"on":true,"target":{"address":"::ffff:192.0.2.1","port":80}}', 'invalid', 'target'],
  ['{"on":true,"target":{"address":"localhost","port":80}}', 'invalid', 'target.address'],
  ['{"on":true,"target":{"address":"127.0.0.1","port":80},"connectionsPerSecond":100000}', 'invalid', 'connectionsPerSecond'],
  ['{"on":true,"target":{"address":"127.0.0.1","port":80},"durationSeconds":86400}', 'invalid', 'durationSeconds'],
  ['{"on":true,"target":{"address":"127.0.0.1","port":80},"colour":"red"}', 'invalid', ''],
])('refuses the order %s and changes nothing', async (body, code, field) => {
  expect(await put(body)).toMatchObject({ status: 400, body: { error: { code, field } } });
  expect(load.state()).toMatchObject({ on: false, plan: null });
});

it('refuses a body that is too long', async () => {
  expect(await put(' '.repeat(20_000))).toMatchObject({ status: 400, body: { error: { code: 'unreadable' } } });
});

it('refuses to share a socket with a running lab', async () => {
  await expect(startControlServer(socketPath, { servers: [], load })).rejects.toThrow(/Another lab answers/);
});

it('takes over the socket of a lab that was killed', async () => {
  const stale = path.join(folder, 'run/stale.sock');
  const killed = spawn(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(stale)}, () => console.log('ready'))`]);
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const other = await startControlServer(stale, { servers: [], load });
  expect(await connectLab(stale).servers()).toEqual([]);
  await other.stop();
});

it('does not touch a file that is no socket', async () => {
  await writeFile(path.join(folder, 'file'), '');
  await expect(startControlServer(path.join(folder, 'file'), { servers: [], load })).rejects.toThrow(/is no socket/);
});

it('refuses a folder that other users can enter', async () => {
  await chmod(path.dirname(socketPath), 0o755);
  await expect(startControlServer(path.join(path.dirname(socketPath), 'other.sock'), { servers: [], load })).rejects.toThrow(/open to other users/);
});
