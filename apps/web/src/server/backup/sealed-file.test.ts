// Files that are not what they were: refused before anything is done with the database.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestPlane } from '../testing/control-plane.ts';
import { openTestServer, run } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { migrationsDir } from '../testing/migrations.ts';
import { restoreBackup } from './restore.ts';
import { openSealed, writeSealed } from './sealed-file.ts';
import { takeBackup } from './take.ts';
import { contentsOf, fill } from './testing/filled-panel.ts';

let server: TestServer;
let folder: string;
let good: Buffer;
let lines: string[];
let targetUrl: string;
let dataDir: string;

beforeAll(async () => {
  server = await openTestServer();
  folder = await mkdtemp(path.join(tmpdir(), 'weir-sealed-'));
  const url = await server.createDatabase();
  const plane = await startTestPlane(url);
  await fill(plane);
  const file = path.join(folder, 'good');
  await takeBackup({ databaseUrl: url, dataDir: plane.dataDir, file, now: new Date() });
  await plane.close();
  good = await readFile(file);
  const sealed = await openSealed(file);
  lines = [];
  for await (const line of sealed.lines) lines.push(line);
  await sealed.close();
  targetUrl = await server.createDatabase();
});
afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(folder, 'data-'));
});

async function refusal(content: Buffer): Promise<string> {
  const file = path.join(folder, 'bad');
  await writeFile(file, content);
  return refusalOf(file);
}

async function refusalOf(file: string): Promise<string> {
  const error: unknown = await restoreBackup({ databaseUrl: targetUrl, dataDir, file, migrationsDir }).then(() => null, (thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'BackupError' });
  return (error as Error).message;
}

async function nothingWasDone(): Promise<void> {
  expect(await run(targetUrl, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).toEqual([]);
  expect(await readdir(dataDir)).toEqual([]);
}

/** Whatever came of the migrations has no rows. */
async function nothingIsLeft(): Promise<void> {
  const contents = await contentsOf(targetUrl);
  for (const table of ['User', 'Director', 'AuditEntry', 'Revision']) expect(contents[table] ?? []).toEqual([]);
  expect(await readdir(dataDir)).toEqual([]);
}

function flipped(at: number, bit = 0): Buffer {
  const copy = Buffer.from(good);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << bit), at);
  return copy;
}

describe('a file', () => {
  it('cut off anywhere is refused', async () => {
    const points = [0, 1, 13, 14, 15, 40, 46, 47, good.length >> 1, good.length - 33, good.length - 32, good.length - 1];
    for (const point of points) expect(await refusal(good.subarray(0, point)), `at ${point}`).toMatch(/damaged or not complete|not even its beginning is complete/);
    await nothingWasDone();
  });

  it('with one bit turned over anywhere, or a byte too many, is refused', async () => {
    const ends = Array.from({ length: 40 }, (_, index) => index);
    const between = Array.from({ length: 100 }, () => Math.floor(Math.random() * good.length));
    for (const at of [...ends, ...ends.map((index) => good.length - 1 - index), ...between]) {
      const bit = Math.floor(Math.random() * 8);
      expect(await refusal(flipped(at, bit)), `bit ${bit} at ${at}`).toMatch(/damaged|no backup of Weir|newer backup format/);
    }
    expect(await refusal(Buffer.concat([good, Buffer.from([0])]))).toContain('damaged');
    await nothingWasDone();
  });

  it('of a newer format says so', async () => {
    expect(await refusal(Buffer.concat([Buffer.from('weir backup 2\n'), good.subarray(14)]))).toContain('has the newer backup format 2, and this version of Weir reads 1');
  });

  it('that is something else says so, and so does one that is not there', async () => {
    expect(await refusal(Buffer.from('-- PostgreSQL database dump'))).toContain('is no backup of Weir');
    expect(await refusalOf(path.join(folder, 'none'))).toContain('cannot be read (ENOENT)');
    expect(await refusalOf(folder)).toContain('cannot be read (EISDIR)');
  });
});

describe('a file with a true digest and false content', () => {
  let made = 0;
  async function sealedRefusal(content: readonly string[]): Promise<string> {
    made += 1;
    const file = path.join(folder, `made-${made}`);
    await writeSealed(file, Readable.from(content.map((line) => `${line}\n`)));
    const message = await refusalOf(file);
    await nothingIsLeft();
    return message;
  }

  it('is refused whole', async () => {
    expect(await sealedRefusal(['{}'])).toContain('does not say what it holds (takenAt');
    expect(await sealedRefusal(['no json'])).toContain('does not say what it holds');
    expect(await sealedRefusal(lines.slice(0, -1))).toContain('fewer than it says');
    expect(await sealedRefusal([...lines, '[]'])).toContain('more rows than it says');
    expect(await sealedRefusal(lines.with(lines.length - 1, 'no json'))).toMatch(/^Rows of ".+" cannot be restored: invalid input syntax for type json/);
    const user = lines.findIndex((line) => line.includes('viewer@example.org'));
    expect(await sealedRefusal(lines.with(user, lines[user]!.replace(/^\["./, '["?')))).toMatch(/do not fit each other: .+foreign key/);
    expect(await sealedRefusal(lines.with(0, lines[0]!.replace('"keyHash"', '"other"')))).toContain('a column "other" of "Director" that its migrations have not made');
    expect(await sealedRefusal(lines.with(0, lines[0]!.replace('"keyHash",', '')))).toContain('not all columns of "Director"');
    // None of this is in the way of the right one.
    await restoreBackup({ databaseUrl: targetUrl, dataDir, file: path.join(folder, 'good'), migrationsDir });
  });

  it('with no gzip in it is refused', async () => {
    const body = Buffer.concat([Buffer.from('weir backup 1\n'), Buffer.from('not gzip at all')]);
    expect(await refusal(Buffer.concat([body, createHash('sha256').update(body).digest()]))).toContain('cannot be read');
  });
});
