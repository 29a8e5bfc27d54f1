// A backup and its restore, on real databases: nothing is lost, and nothing is half-done.
import { appendFile, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../db/migrate.ts';
import { takePanelLock } from '../db/panel-lock.ts';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer, run } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, startDirector, webCluster } from '../testing/directors.ts';
import { migrationsDir } from '../testing/migrations.ts';
import { startTestPanel } from '../testing/panel.ts';
import { keptFiles } from './kept.ts';
import { restoreBackup } from './restore.ts';
import type { RestoredBackup } from './restore.ts';
import { takeBackup } from './take.ts';
import { contentsOf, fill } from './testing/filled-panel.ts';

let server: TestServer;
let sourceUrl: string;
let plane: TestPlane;
let folder: string;
let file: string;
let targetUrl: string;
let targetDir: string;
let saved = 0;

const take = (databaseUrl = sourceUrl, dataDir = plane.dataDir) => takeBackup({ ...options(), databaseUrl, dataDir });
const options = () => ({ databaseUrl: sourceUrl, dataDir: plane.dataDir, file: nextFile(), now: new Date() });
const restore = (from = file, migrations = migrationsDir): Promise<RestoredBackup> =>
  restoreBackup({ databaseUrl: targetUrl, dataDir: targetDir, file: from, migrationsDir: migrations });

function nextFile(): string {
  saved += 1;
  file = path.join(folder, `${saved}.weir`);
  return file;
}

beforeAll(async () => {
  server = await openTestServer();
  sourceUrl = await server.createDatabase();
  plane = await startTestPlane(sourceUrl);
  folder = await mkdtemp(path.join(tmpdir(), 'weir-backup-'));
  await fill(plane);
});
afterAll(async () => {
  await plane.close();
  await server.remove();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  targetUrl = await server.createDatabase();
  targetDir = await mkdtemp(path.join(folder, 'data-'));
});

async function targetIsEmpty(): Promise<void> {
  expect(await run(targetUrl, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).toEqual([]);
  expect(await readdir(targetDir)).toEqual([]);
}

async function apply({ changes }: TestPlane, clusterId: string, revision: number): Promise<void> {
  const { directors } = await changes.plan(clusterId);
  const reviewed = directors.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  expect(reviewed).toHaveLength(1);
  const { applyId } = await changes.apply(ann, { clusterId, revision, directors: reviewed, onFailure: 'rollBack' });
  await expect.poll(async () => (await changes.get(applyId)).finishedAt, longWait).not.toBeNull();
  expect((await changes.get(applyId)).directors).toMatchObject([{ state: 'done', report: { outcome: { kind: 'applied' } } }]);
}

describe('a round trip', () => {
  it('keeps every table, rule, sequence and key as it was, except what only lasts a while', async () => {
    const { header, fileBytes } = await take();
    expect(await stat(file)).toMatchObject({ size: fileBytes });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await restore()).header).toEqual(header);
    const [before, after] = [await contentsOf(sourceUrl), await contentsOf(targetUrl)];
    expect(before['Session']).toHaveLength(3);
    expect(before['SetupToken']).toHaveLength(2);
    expect(after).toEqual({ ...before, Session: [], SetupToken: [{ entry: expect.stringContaining('(used,') as unknown }] });
    const filled = header.tables.filter(({ rows }) => rows > 0).map(({ name }) => name);
    expect(filled).toEqual(expect.arrayContaining(['Account', 'AuditEntry', 'Claim', 'Cluster', 'Director', 'Draft', 'Revision', 'SetupToken', 'User', '_prisma_migrations']));
    expect(await readdir(targetDir)).toEqual([...keptFiles]);
    expect((await stat(path.join(targetDir, 'panel-key.pem'))).mode & 0o777).toBe(0o600);
  });

  it('of what was restored gives the same again', async () => {
    const { header: first } = await take();
    await restore();
    const { header: second } = await take(targetUrl, targetDir);
    expect({ ...second, takenAt: '' }).toEqual({ ...first, takenAt: '', tables: first.tables.map((table) => table) });
  });

  it('leaves a database that a panel starts on, that goes on numbering, and whose audit log nobody changes', async () => {
    await take();
    await restore();
    const panel = await startTestPanel(targetUrl);
    try {
      await panel.services.db.auditEntry.create({ data: { action: 'a.b', objectKind: 'c', outcome: 'done' } });
      await expect(panel.services.db.$executeRaw`DELETE FROM "AuditEntry"`).rejects.toThrow('append-only');
    } finally {
      await panel.close();
    }
  });

  it('goes into a database on which a panel has only just started', async () => {
    await (await startTestPanel(targetUrl)).close();
    expect(await run(targetUrl, 'SELECT count(*)::int AS tokens FROM "SetupToken"')).toEqual([{ tokens: 1 }]);
    await take();
    await restore();
    expect(await run(targetUrl, 'SELECT id FROM "SetupToken"')).toEqual([{ id: 'used' }]);
  });

  it('has every file of the data folder that cannot be made anew', async () => {
    const panel = await startTestPanel(await server.createDatabase());
    expect((await readdir(panel.dataDir)).sort()).toEqual(['cookie-secret', ...keptFiles, 'setup-link']);
    await panel.close();
  });
});

describe('agents', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  it('obey the panel that was restored elsewhere', async () => {
    const agent = await startDirector();
    ends.push(agent.remove);
    const url = await server.createDatabase();
    const old = await startTestPlane(url);
    const directorId = await enrolled(old, agent);
    const definition = webCluster({ directorIds: [directorId] });
    const { clusterId } = await old.clusters.create(ann, { definition, reason: '' });
    await apply(old, clusterId, 1);
    await take(url, old.dataDir);
    await old.close();
    const before = await contentsOf(url);
    await restore();
    // History stays out of it.
    expect(await contentsOf(targetUrl)).toEqual({ ...before, HistoryDirector: [], HistoryObject: [], HistoryBlock: [], HistoryUsage: [] });
    const restored = await startTestPlane(targetUrl, {}, targetDir);
    ends.push(restored.close);
    await linkIs(restored, directorId, 'connected');
    await restored.clusters.save(ann, { clusterId, base: 1, definition: { ...definition, services: [] }, reason: '' });
    await apply(restored, clusterId, 2);
  });
});

describe('a table that a later migration brings', () => {
  const name = '29990101000000_more';
  const sql = `CREATE TABLE "More" (
      id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "parentId" BIGINT NOT NULL REFERENCES "More" (id), "role" "Role"[], bytes BYTEA, exact NUMERIC(40, 20), inexact DOUBLE PRECISION,
      took INTERVAL, at TIMESTAMP(6), day DATE, network INET, words VARCHAR(9), fixed CHAR(4), twice INT GENERATED ALWAYS AS (length(words) * 2) STORED);
    ALTER TYPE "Role" ADD VALUE 'guest';
    CREATE TABLE "Setting" (name TEXT PRIMARY KEY, value TEXT); INSERT INTO "Setting" VALUES ('kept', 'old'), ('gone', '')`;
  let newer: string;
  beforeEach(async () => {
    newer = await mkdtemp(path.join(folder, 'migrations-'));
    await cp(migrationsDir, newer, { recursive: true });
    await mkdir(path.join(newer, name));
    await writeFile(path.join(newer, name, 'migration.sql'), sql);
  });

  it('is in the backup without being listed, with every kind of value and rows that refer to later ones', async () => {
    await take();
    await restore(file, newer);
    await run(targetUrl, `INSERT INTO "More" ("parentId", "role", bytes, exact, inexact, took, at, day, network, words, fixed) VALUES
      (2, '{admin,guest}', '\\x00ff0a', 12345678901234567890.12345678901234567890, 0.1::float8 + 0.2, '1 mon 2 days 3.5 s', '2026-01-02 03:04:05.678901', 'infinity', 'fd00::1/64', 'a', 'b'),
      (1, '{NULL}', '', 'NaN', '-Infinity', NULL, NULL, '0044-03-15 BC', '10.0.0.1', '', '')`);
    await run(targetUrl, `DELETE FROM "Setting" WHERE name = 'gone'; UPDATE "Setting" SET value = 'new'`);
    const before = await contentsOf(targetUrl);
    await take(targetUrl, targetDir);
    targetUrl = await server.createDatabase();
    expect((await restore(file, newer)).migrations).toEqual([]);
    expect(await contentsOf(targetUrl)).toEqual(before);
    await expect(run(targetUrl, `INSERT INTO "More" ("parentId") VALUES (99)`)).rejects.toThrow('foreign key');
  });

  it('is made when the backup of an older version is restored', async () => {
    await take();
    expect((await restore(file, newer)).migrations).toEqual([name]);
    expect(await run(targetUrl, 'SELECT * FROM "More"')).toEqual([]);
  });

  it('is not for a version that does not know it', async () => {
    await take();
    await restore(file, newer);
    await take(targetUrl, targetDir);
    [targetUrl, targetDir] = [await server.createDatabase(), await mkdtemp(path.join(folder, 'data-'))];
    await expect(restore()).rejects.toThrow(`The backup has the migration ${name}, which this version of Weir does not know`);
    await appendFile(path.join(newer, name, 'migration.sql'), '-- more');
    await expect(restore(file, newer)).rejects.toThrow(`taken with another text of the migration ${name}`);
    await targetIsEmpty();
  });

  it('that is not of Weir stays in the file, and is named', async () => {
    await take();
    await restore();
    await run(targetUrl, 'CREATE TABLE theirs (id INT); INSERT INTO theirs VALUES (1)');
    await take(targetUrl, targetDir);
    targetUrl = await server.createDatabase();
    expect((await restore()).foreignTables).toEqual(['theirs']);
    expect(await run(targetUrl, `SELECT to_regclass('theirs') AS made`)).toEqual([{ made: null }]);
  });
});

describe('a backup while people save', () => {
  it('is of one moment: heads, revisions, claims and audit entries fit', async () => {
    const url = await server.createDatabase();
    const busy = await startTestPlane(url);
    try {
      const directorId = 'd';
      await busy.db.director.create({ data: { id: directorId, name: 'lvs', address: 'lvs:9348', keyHash: '00', enrolledBy: 'Ann' } });
      const end = Date.now() + 30_000;
      const done = new AbortController();
      const save = async (): Promise<void> => {
        const definition = (port: number) => webCluster({ name: clusterName, directorIds: [directorId], vip, port });
        const { name: clusterName, vips: [{ address: vip } = { address: '' }] } = webCluster({ directorIds: [directorId] });
        const { clusterId } = await busy.clusters.create(ann, { definition: definition(1), reason: '' });
        for (let base = 1; !done.signal.aborted && Date.now() < end; base += 1) await busy.clusters.save(ann, { clusterId, base, definition: definition(base + 1), reason: '' });
      };
      const saving = Promise.all([save(), save(), save()]);
      await expect.poll(() => busy.db.revision.count(), { timeout: 10_000, interval: 20 }).toBeGreaterThan(6);
      for (const _ of [1, 2, 3]) {
        await take(url, busy.dataDir);
        [targetUrl, targetDir] = [await server.createDatabase(), await mkdtemp(path.join(folder, 'data-'))];
        const { header } = await restore();
        expect(header.tables.find(({ name }) => name === 'Revision')?.rows).toBeGreaterThan(6);
        expect(await run(targetUrl, inconsistencies)).toEqual([]);
      }
      done.abort();
      await saving;
      expect(await run(url, inconsistencies)).toEqual([]);
    } finally {
      await busy.close();
    }
  }, 60_000);

  const inconsistencies = `
    SELECT 'head' AS what, id FROM "Cluster" WHERE "headRevisionNumber" IS DISTINCT FROM (SELECT max(number) FROM "Revision" WHERE "clusterId" = "Cluster".id)
    UNION ALL
    SELECT 'revisions', id FROM "Cluster" WHERE "headRevisionNumber" <> (SELECT count(*) FROM "Revision" WHERE "clusterId" = "Cluster".id)
    UNION ALL
    SELECT 'audit', id FROM "Cluster" WHERE "headRevisionNumber" <> (SELECT count(*) FROM "AuditEntry" WHERE "objectId" = "Cluster".id)
    UNION ALL
    SELECT 'claim', id FROM "Cluster" LEFT JOIN "Claim" ON "clusterId" = id WHERE key IS NULL OR key NOT LIKE '%:' || "headRevisionNumber"`;
});

describe('a restore is refused', () => {
  beforeAll(() => take());

  it('while a panel holds the database', async () => {
    const lock = await takePanelLock(targetUrl, () => undefined);
    try {
      await expect(restore()).rejects.toThrow(/^Another panel holds this database \(process .+\): stop it first/);
    } finally {
      await lock.release();
    }
    await targetIsEmpty();
  });

  it('into a database that is not empty, be it by Weir or by somebody else', async () => {
    await run(targetUrl, 'CREATE SEQUENCE theirs');
    await expect(restore()).rejects.toThrow('The database is not empty ("theirs" is in it)');
    expect(await readdir(targetDir)).toEqual([]);
    targetUrl = sourceUrl;
    const before = await contentsOf(sourceUrl);
    await expect(restore()).rejects.toThrow('The database is not empty ("Account" has rows)');
    expect(await contentsOf(sourceUrl)).toEqual(before);
  });

  it('into a database that is newer than the backup', async () => {
    const newer = await mkdtemp(path.join(folder, 'migrations-'));
    await cp(migrationsDir, newer, { recursive: true });
    await mkdir(path.join(newer, '29990101000000_more'));
    await writeFile(path.join(newer, '29990101000000_more', 'migration.sql'), 'CREATE TABLE "More" (id INT)');
    const client = new Client({ connectionString: targetUrl });
    await client.connect();
    await migrate(client, newer);
    await client.end();
    await expect(restore(file, newer)).rejects.toThrow('it has the migration 29990101000000_more, which the backup has not');
  });

  it('into a data folder with another key', async () => {
    await writeFile(path.join(targetDir, 'panel-key.pem'), 'another');
    await expect(restore()).rejects.toThrow('has a panel-key.pem of its own');
    expect(await readFile(path.join(targetDir, 'panel-key.pem'), 'utf8')).toBe('another');
  });

  it('without a database, with no word of the password', async () => {
    targetUrl = targetUrl.replace(/:[^:@]+@/, ':secret@').replace(/\/weir_test_[^?]+/, '/none');
    const error = await restore().catch((thrown: unknown) => thrown) as Error;
    expect(error.message).toMatch(/^The database cannot be used: .+ Check DATABASE_URL\.$/);
    expect(error.message).not.toContain('secret');
  });
});

describe('a backup is refused', () => {
  it('under a name that is taken, or where nothing can be written, and leaves no part of a file', async () => {
    await writeFile(nextFile(), 'mine');
    await expect(takeBackup({ ...options(), file: path.join(folder, `${saved - 1}.weir`) })).rejects.toThrow('is there already');
    await expect(takeBackup({ ...options(), file: path.join(folder, 'none/x') })).rejects.toThrow('cannot be written (ENOENT)');
    const before = await readdir(folder);
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(takeBackup({ ...options(), signal: stopped })).rejects.toThrow('stopped');
    expect(await readdir(folder)).toEqual(before);
  });

  it('without the panel\'s key', async () => {
    await expect(takeBackup({ ...options(), dataDir: targetDir })).rejects.toThrow('panel-key.pem, without which no director obeys, cannot be read (ENOENT)');
  });

  it('of a database without Weir', async () => {
    await expect(takeBackup({ ...options(), databaseUrl: targetUrl })).rejects.toThrow('The database holds nothing of Weir');
  });

  it('while a migration is half-done', async () => {
    await take();
    await restore();
    await run(targetUrl, 'UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(takeBackup({ ...options(), databaseUrl: targetUrl })).rejects.toThrow('was begun and not finished');
  });
});
