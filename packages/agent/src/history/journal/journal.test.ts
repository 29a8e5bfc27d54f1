// The journal on a real disk: through restarts, kills, full disks, damage, and panels that were away.
import { mkdir, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Interval } from '@weir/model';
import { intervalMs } from '@weir/model';
import type { JournalAnswer } from '@weir/protocol';
import { decodeInterval, JournalAnswer as AnswerSchema } from '@weir/protocol';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/bench.ts';
import { closedAt } from '../../testing/intervals.ts';
import { Journal } from './journal.ts';
import type { JournalBounds } from './journal.ts';

const beginMs = 1_800_000_000_000;

interface Opened {
  readonly journal: Journal;
  readonly said: () => string;
}

async function openIn(folder: string, bounds?: JournalBounds): Promise<Opened> {
  let said = '';
  const log = pino({ level: 'info' }, { write: (line: string) => { said += line; } });
  return { journal: await Journal.open({ folder, log, ...(bounds && { bounds }) }), said: () => said };
}

async function append(journal: Journal, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) await journal.append(closedAt(number), 'life');
}

function all(journal: Journal, limit = 100): Promise<JournalAnswer> {
  return journal.read({ journalId: null, after: 0, limit });
}

const sequences = ({ intervals }: JournalAnswer): number[] => intervals.map(({ sequence }) => sequence);
const names = async (folder: string, kind: string): Promise<string[]> => (await readdir(folder)).filter((name) => name.endsWith(kind)).sort();

describe('the journal', () => {
  it('gives back what was appended, in order, in what fits in one answer', async () => {
    const { journal } = await openIn(await temporaryFolder());
    await append(journal, 1, 5);
    const answer = AnswerSchema.parse(JSON.parse(JSON.stringify(await all(journal))));
    expect(answer.intervals.map((one): Interval => decodeInterval(one))).toEqual([1, 2, 3, 4, 5].map((number) => ({ sequence: number, ...closedAt(number).interval })));
    expect(answer).toMatchObject({ dropped: null, more: false });
    const first = await all(journal, 2);
    const rest = await journal.read({ journalId: first.journalId, after: 2, limit: 100 });
    expect([sequences(first), first.more, sequences(rest), rest.more]).toEqual([[1, 2], true, [3, 4, 5], false]);
  });

  it('forgets what a panel has committed, and nothing else', async () => {
    const folder = await temporaryFolder();
    const { journal } = await openIn(folder);
    await append(journal, 1, 4);
    expect(await journal.commit({ journalId: 'another', sequence: 4 })).toEqual({ journalId: journal.id, committed: 0 });
    expect(await journal.commit({ journalId: journal.id, sequence: 3 })).toEqual({ journalId: journal.id, committed: 3 });
    expect(await journal.commit({ journalId: journal.id, sequence: 2 })).toEqual({ journalId: journal.id, committed: 3 });
    expect(sequences(await all(journal))).toEqual([4]);
    expect(await journal.commit({ journalId: journal.id, sequence: 400 })).toEqual({ journalId: journal.id, committed: 4 });
    expect(await names(folder, '.interval')).toEqual([]);
  });

  it('counts on after a restart, also when everything was committed', async () => {
    const folder = await temporaryFolder();
    const before = await openIn(folder);
    await append(before.journal, 1, 3);
    await before.journal.commit({ journalId: before.journal.id, sequence: 3 });
    const { journal } = await openIn(folder);
    expect(journal.id).toBe(before.journal.id);
    expect(await journal.lastShown()).toEqual({ life: 'life', shown: closedAt(3).shown, lived: closedAt(3).lived });
    await append(journal, 4, 4);
    expect(sequences(await all(journal))).toEqual([4]);
  });

  it('is another one where its folder is lost', async () => {
    const folder = join(await temporaryFolder(), 'history');
    const before = await openIn(folder);
    await append(before.journal, 1, 2);
    await rm(folder, { recursive: true });
    const { journal } = await openIn(folder);
    expect(journal.id).not.toBe(before.journal.id);
    expect(await journal.lastShown()).toBeNull();
    await append(journal, 3, 3);
    expect(sequences(await journal.read({ journalId: before.journal.id, after: 2, limit: 100 }))).toEqual([1]);
  });

  it('is another one where its disk was set back behind what a panel has', async () => {
    const { journal } = await openIn(await temporaryFolder());
    const { id } = journal;
    await append(journal, 1, 2);
    expect(sequences(await journal.read({ journalId: id, after: 2, limit: 100 }))).toEqual([]);
    expect(journal.id).toBe(id);
    expect(sequences(await journal.read({ journalId: id, after: 9, limit: 100 }))).toEqual([]);
    expect(journal.id).not.toBe(id);
    await append(journal, 3, 3);
    expect(sequences(await journal.read({ journalId: id, after: 9, limit: 100 }))).toEqual([1]);
  });

  it('drops the oldest where there is no room, and says up to where', async () => {
    const folder = await temporaryFolder();
    const bounds = { bytesMax: 1_000_000, filesMax: 3, unwrittenBytesMax: 1_000_000 };
    const { journal, said } = await openIn(folder, bounds);
    await append(journal, 1, 5);
    expect(await all(journal)).toMatchObject({ dropped: 2, intervals: [{ sequence: 3 }, { sequence: 4 }, { sequence: 5 }] });
    expect(said()).toContain('no room for more history');
    const again = await openIn(folder, bounds);
    expect((await all(again.journal)).dropped).toBe(2);
    const size = (await stat(join(folder, (await names(folder, '.interval'))[0] ?? ''))).size;
    const small = await openIn(folder, { ...bounds, bytesMax: size * 2 + 1 });
    await append(small.journal, 6, 6);
    expect(sequences(await all(small.journal))).toEqual([5, 6]);
  });
});

const header = (sequence: number, services: number): string => JSON.stringify({ format: 1, sequence, startMs: beginMs, byteKind: 'ipBytes', services });

describe('a damaged file', () => {
  it.each<[what: string, spoil: (file: string) => Promise<void>]>([
    ['nothing', (file) => writeFile(file, '')], ['half of it', async (file) => truncate(file, Math.floor((await stat(file)).size / 2))], ['noise', (file) => writeFile(file, Buffer.alloc(5_000, 7))],
    ['another packing', (file) => writeFile(file, gzipSync(header(2, 0)))], ['text that is no JSON', (file) => writeFile(file, deflateSync('x'))], ['no header', (file) => writeFile(file, deflateSync('[]'))],
    ['another interval', (file) => writeFile(file, deflateSync(header(3, 0)))], ['fewer services than it says', (file) => writeFile(file, deflateSync(header(2, 1)))],
    ['a service that is none', (file) => writeFile(file, deflateSync(`${header(2, 1)}\n["x"]`))], ['100 MB of blanks', (file) => writeFile(file, deflateSync(Buffer.alloc(100_000_000, 32)))],
  ])('with %s in it is left out and said, and all others are there', async (_, spoil) => {
    const folder = await temporaryFolder();
    const { journal, said } = await openIn(folder);
    await append(journal, 1, 3);
    const file = (await names(folder, '.interval')).find((name) => name.startsWith('2-')) ?? '';
    await spoil(join(folder, file));
    expect(await all(journal)).toMatchObject({ dropped: 2, more: false, intervals: [{ sequence: 1 }, { sequence: 3 }] });
    expect(said()).toContain('damaged and left out');
    expect(await names(folder, '.interval')).not.toContain(file);
    expect(await all(journal)).toMatchObject({ dropped: 2, intervals: [{ sequence: 1 }, { sequence: 3 }] });
  });

  it('of what counters showed last means that nobody knows, and intervals are there all the same', async () => {
    const folder = await temporaryFolder();
    await append((await openIn(folder)).journal, 1, 2);
    await writeFile(join(folder, (await names(folder, '.shown'))[0] ?? ''), 'x');
    const { journal, said } = await openIn(folder);
    expect(await journal.lastShown()).toBeNull();
    expect(said()).toContain('cannot be read');
    expect(journal.livedHere).toEqual([{ fromMs: 0, toMs: closedAt(2).interval.startMs + intervalMs }]);
    expect(sequences(await all(journal))).toEqual([1, 2]);
  });

  it('that says what the journal is begins it anew', async () => {
    const folder = await temporaryFolder();
    const before = await openIn(folder);
    await append(before.journal, 1, 2);
    await writeFile(join(folder, 'journal.json'), '{}');
    const { journal, said } = await openIn(folder);
    expect(journal.id).not.toBe(before.journal.id);
    expect(said()).toContain('begins anew');
    expect(await names(folder, '.interval')).toEqual([]);
    await append(journal, 3, 3);
    expect(sequences(await all(journal))).toEqual([1]);
  });

  it('of a strange name is nobody\'s', async () => {
    const folder = await temporaryFolder();
    for (const name of ['0-1.interval', '1.interval', '1-x.interval', '../1-1.interval', '99999999999999999-1.interval', 'x.shown']) await writeFile(join(folder, name.replace('/', '_')), 'x');
    const { journal } = await openIn(folder);
    expect((await all(journal)).intervals).toEqual([]);
    await append(journal, 1, 1);
    expect(sequences(await all(journal))).toEqual([1]);
  });
});

describe('a disk that takes nothing', () => {
  it('is tried again: nothing is told meanwhile, and nothing is lost', async () => {
    const folder = join(await temporaryFolder(), 'history');
    const { journal, said } = await openIn(folder);
    await append(journal, 1, 1);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    await append(journal, 2, 4);
    expect(said().match(/cannot be written/g)).toHaveLength(1);
    await rm(folder);
    await openIn(folder);
    await append(journal, 5, 5);
    // The first one went with its folder.
    expect(await all(journal)).toMatchObject({ dropped: 1, intervals: [{ sequence: 2 }, { sequence: 3 }, { sequence: 4 }, { sequence: 5 }] });
  });

  it('keeps no agent from starting, and the journal begins when it can', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'journal.json'));
    const { journal, said } = await openIn(folder);
    await append(journal, 1, 2);
    expect(said()).toContain('cannot be begun yet');
    expect(await names(folder, '.interval')).toEqual([]);
    await rm(join(folder, 'journal.json'), { recursive: true });
    await append(journal, 3, 3);
    expect(sequences(await all((await openIn(folder)).journal))).toEqual([1, 2, 3]);
  });

  it('and gives nothing back takes nothing else with it', async () => {
    const folder = await temporaryFolder();
    const { journal, said } = await openIn(folder, { bytesMax: 1_000_000, filesMax: 1, unwrittenBytesMax: 1_000_000 });
    await append(journal, 1, 1);
    const file = join(folder, (await names(folder, '.interval'))[0] ?? '');
    await rm(file);
    await mkdir(file);
    await append(journal, 2, 3);
    expect(said()).toContain('cannot be removed');
    expect(await all(journal)).toMatchObject({ dropped: 2, intervals: [{ sequence: 3 }] });
  });

  it('is tried with a bounded number of intervals', async () => {
    const folder = join(await temporaryFolder(), 'history');
    const { journal } = await openIn(folder, { bytesMax: 1_000_000, filesMax: 100, unwrittenBytesMax: 1 });
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    await append(journal, 1, 5);
    await rm(folder);
    await openIn(folder);
    await append(journal, 6, 6);
    expect(await all(journal)).toMatchObject({ dropped: 4, intervals: [{ sequence: 5 }, { sequence: 6 }] });
  });
});
