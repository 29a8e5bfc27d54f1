// A thread whose code is inside the bundle does its work where there is nothing but the bundle.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleProgram } from './bundle.mjs';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'weir-bundle-')); });
afterAll(() => rm(folder, { recursive: true }));

interface Reader {
  read(order: object): Promise<{ read: number; complete: boolean }>;
  close(): Promise<void>;
}

it('the agent\'s reader of connections is one file', async () => {
  const out = path.join(folder, 'reader.mjs');
  await bundleProgram({ entry: 'packages/forwarder/src/ipvs/connections/table-reader.ts', out, external: [] });
  const table = path.join(folder, 'table');
  await writeFile(table, 'TCP C0A80864 D11C C0A808C8 0050 C0A80814 0050 ESTABLISHED LOCAL      112\n'.repeat(3));
  const { TableReader } = await import(pathToFileURL(out).href) as { TableReader: new () => Reader };
  const reader = new TableReader();
  const paths = { connections: table, connectionsWithoutOrigin: table, services: table };
  expect(await reader.read({ paths, questions: [], budgetMs: 1_000, wallMs: 5_000 })).toMatchObject({ read: 3, complete: true });
  await reader.close();
});
