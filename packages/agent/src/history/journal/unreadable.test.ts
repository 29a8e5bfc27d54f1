// Intervals that the disk does not give back now: they wait, and with them what comes after, but not for ever.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalAnswer } from '@weir/protocol';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/bench.ts';
import { descriptorLimit } from '../../testing/descriptor-limit.ts';
import { closedAt } from '../../testing/intervals.ts';
import { Journal } from './journal.ts';

async function written(folder: string): Promise<Journal> {
  const journal = await Journal.open({ folder, log: pino({ level: 'silent' }) });
  for (let number = 1; number <= 3; number += 1) await journal.append(closedAt(number), 'life');
  return journal;
}

const read = (journal: Journal): Promise<JournalAnswer> => journal.read({ journalId: null, after: 0, limit: 100 });
const told = ({ intervals, dropped, more }: JournalAnswer): unknown => [intervals.map(({ sequence }) => sequence), dropped, more];

async function fileOf(folder: string, sequence: number): Promise<string> {
  return join(folder, (await readdir(folder)).find((name) => name.startsWith(`${sequence}-`) && name.endsWith('.interval')) ?? '');
}

it.skipIf(process.platform !== 'linux')('are all there again when there are descriptors again', async () => {
  const journal = await written(await temporaryFolder());
  const limit = descriptorLimit();
  await limit('3');
  try {
    for (let time = 0; time < 40; time += 1) expect(told(await read(journal))).toEqual([[], null, true]);
  } finally {
    await limit('1024');
  }
  expect(told(await read(journal))).toEqual([[1, 2, 3], null, false]);
});

it('keep those before them from nobody, and are there when the disk gives them back', async () => {
  const folder = await temporaryFolder();
  const journal = await written(folder);
  const file = await fileOf(folder, 2);
  await rename(file, `${file}.away`);
  await mkdir(file);
  expect(told(await read(journal))).toEqual([[1], null, true]);
  await rm(file, { recursive: true });
  await rename(`${file}.away`, file);
  expect(told(await read(journal))).toEqual([[1, 2, 3], null, false]);
});

it('are left out when the disk has not given them back for long, and the others come', async () => {
  const folder = await temporaryFolder();
  const journal = await written(folder);
  const file = await fileOf(folder, 2);
  await rm(file);
  await mkdir(file);
  for (let time = 0; time < 29; time += 1) expect(told(await read(journal))).toEqual([[1], null, true]);
  expect(told(await read(journal))).toEqual([[1, 3], 2, false]);
});
