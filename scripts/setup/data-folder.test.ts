// One start at a time on a data folder, whatever the last one left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { holdDataFolder } from './data-folder.mjs';

let folder: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-data-'));
  dataDir = path.join(folder, 'a/b');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const holder = `import { holdDataFolder } from ${JSON.stringify(path.join(import.meta.dirname, 'data-folder.mjs'))};
try { holdDataFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000); } catch (error) { console.log(error.message); }`;

async function holdElsewhere(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [data] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: data.toString().trim() };
}

it('makes the folder for this user alone, and leaves none behind where nothing came into it', () => {
  const letGo = holdDataFolder(dataDir);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(readdirSync(dataDir)).toEqual(['weir.lock']);
  letGo();
  expect(readdirSync(folder)).toEqual([]);
});

it('leaves a folder that was there, and one that Weir has run on', () => {
  mkdirSync(path.dirname(dataDir));
  holdDataFolder(dataDir)();
  expect(readdirSync(folder)).toEqual(['a']);
  const letGo = holdDataFolder(dataDir);
  writeFileSync(path.join(dataDir, 'panel-key.pem'), '');
  letGo();
  expect(readdirSync(dataDir)).toEqual(['panel-key.pem']);
});

it('says which process holds it, since when', async () => {
  const { child, said } = await holdElsewhere();
  expect(said).toBe('held');
  expect(() => holdDataFolder(dataDir)).toThrow(new RegExp(`Weir already runs on the data folder ${dataDir} \\(process ${child.pid}, since 20.*Z\\)`));
});

it('takes over from a start that was killed', async () => {
  const { child } = await holdElsewhere();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(path.join(dataDir, 'weir.lock'))).toBe(true);
  holdDataFolder(dataDir)();
});

it('does not take another process with the same pid for the holder', () => {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path.join(dataDir, 'weir.lock'), `${process.pid} 1 2026-01-01T00:00:00.000Z\n`);
  expect(() => holdDataFolder(dataDir)()).not.toThrow();
});

it('takes over a lock that was cut short', () => {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path.join(dataDir, 'weir.lock'), '');
  expect(() => holdDataFolder(dataDir)()).not.toThrow();
});

it('does not remove a lock that is not its own', () => {
  const letGo = holdDataFolder(dataDir);
  writeFileSync(path.join(dataDir, 'weir.lock'), 'another\n');
  letGo();
  expect(readFileSync(path.join(dataDir, 'weir.lock'), 'utf8')).toBe('another\n');
});

it('lets one of many that start at once have it', async () => {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path.join(dataDir, 'weir.lock'), '1 1 stale\n');
  const all = await Promise.all(Array.from({ length: 8 }, holdElsewhere));
  expect(all.filter(({ said }) => said === 'held')).toHaveLength(1);
  expect(all.filter(({ said }) => said.startsWith('Weir already runs'))).toHaveLength(7);
}, 30_000);

it.each(['/proc/weir', '/proc/version/weir', '/dev/null/weir'])('says that %s cannot be written', (unwritable) => {
  expect(() => holdDataFolder(unwritable)).toThrow(`The data folder ${unwritable} cannot be written`);
});
