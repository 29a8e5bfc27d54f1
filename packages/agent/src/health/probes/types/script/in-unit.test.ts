import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wasAsked } from '@weir/model';
import { expect, it, onTestFinished } from 'vitest';
import type { Answer, ProbeTarget } from '../../probes.ts';
import { temporaryFolder } from '../../testing/certificates.ts';
import { Scripts } from '../script.ts';
import { meansOf } from './unprivileged.ts';

const PATIENT_MS = 20_000;
const target: ProbeTarget = { rip: '192.0.2.7', port: 80, source: null, path: { vip: '192.0.2.200', vport: 81, dip: '192.0.2.1', method: { kind: 'dr' } } };

interface Bench {
  readonly folder: string;
  readonly scripts: Scripts;
  readonly run: (file: string, given?: readonly string[], timeoutMs?: number) => Promise<Answer>;
}

/** What the unit runs, on a socket as systemd gives it one; the scripts are in a folder of the test's. */
async function unit(files: Readonly<Record<string, string>>): Promise<Bench> {
  const folder = join(await temporaryFolder(), 'checks.d');
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  }
  const handler = join(folder, '../weir-check');
  const shipped = await readFile(fileURLToPath(new URL('../../../../../archive/weir-check', import.meta.url)), 'utf8');
  await writeFile(handler, shipped.replaceAll('/etc/weir-agent/checks.d', folder));
  await chmod(handler, 0o755);
  const socket = join(folder, '../socket');
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (taken) => {
    taken.on('error', () => taken.destroy());
    const child = spawn(handler, [], { stdio: [taken, taken, taken] });
    child.once('exit', () => taken.destroy());
    onTestFinished(() => void child.kill('SIGKILL'));
  });
  await new Promise<void>((resolve) => { server.listen(socket, resolve); });
  onTestFinished(() => void server.close());
  const scripts = new Scripts(folder, { kind: 'unit', socket });
  return { folder, scripts, run: (file, given = [], timeoutMs = PATIENT_MS) => scripts.run({ type: 'script', file, arguments: [...given] }, target, timeoutMs) };
}

it.skipIf(process.getuid?.() !== 0)('runs a script with its arguments and variables, and tells its exit code and what it said', async () => {
  const { scripts, run } = await unit({
    says: 'echo "$WEIR_RIP $WEIR_PORT $WEIR_VIP $WEIR_VPORT $WEIR_DIP ${HOME-clean} $# $1 $2"', fails: 'echo bad >&2; exit 3', floods: 'head -c 300000 /dev/zero; exit 4', silent: 'exit 0',
  });
  expect(scripts.isSupported).toBe(true);
  const answer = await run('says', ['a b', '$(id) "\';']);
  expect(answer.result).toEqual({ kind: 'good', weightPercent: null });
  expect(answer.received).toBe(String.raw`192.0.2.7 80 192.0.2.200 81 192.0.2.1 clean 2 a b $(id) "';\n`);
  expect(await run('fails')).toMatchObject({ received: String.raw`bad\n`, result: { kind: 'failed', failure: 'scriptFailed', detail: 'exit code 3' } });
  expect(await run('floods')).toMatchObject({ result: { detail: 'exit code 4' } });
  expect(await run('silent')).toMatchObject({ received: null, result: { kind: 'good' } });
  expect(await run('missing')).toMatchObject({ result: { failure: 'scriptMissing' } });
});

it.skipIf(process.getuid?.() !== 0)('is over at the deadline, and where the unit ends before the script', async () => {
  const { run } = await unit({ hangs: 'sleep 60', dies: 'around=$(ps -o ppid= -p $PPID); kill -9 $around $PPID' });
  expect(await run('hangs', [], 500)).toMatchObject({ result: { failure: 'timeout' } });
  expect((await run('dies')).result).toMatchObject({ failure: 'noResources', detail: 'the unit ended before the script did' });
});

it.skipIf(process.getuid?.() !== 0)('decides nothing where systemd takes no more of them, or is not there', async () => {
  const { folder, scripts } = await unit({ good: 'exit 0' });
  const socket = join(await temporaryFolder(), 'full');
  const server = createServer((taken) => taken.destroy());
  await new Promise<void>((resolve) => { server.listen(socket, resolve); });
  onTestFinished(() => void server.close());
  const [good] = await scripts.list();
  expect(good?.refusedBecause).toBeNull();
  for (const at of [socket, `${socket}-not-there`]) {
    const { result } = await new Scripts(folder, { kind: 'unit', socket: at }).run({ type: 'script', file: 'good', arguments: [] }, target, PATIENT_MS);
    expect(result).toMatchObject({ failure: 'noResources' });
    expect(wasAsked(result)).toBe(false);
  }
});

it('says why an agent can run none', () => {
  const own = meansOf('/nowhere', '/nowhere/socket');
  expect(own.kind === 'none' ? own.because : 'asNobody').toMatch(/asNobody|not root|setpriv/);
});
