// The journal of a process that is killed at any moment, again and again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProcess } from '../../testing/agent-process.ts';
import { temporaryFolder } from '../../testing/bench.ts';
import { closedAt } from '../../testing/intervals.ts';
import { Journal } from './journal.ts';

let bundles = '';

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'weir-journal-'));
  await build({
    entryPoints: [fileURLToPath(new URL('../../testing/journal-writer.ts', import.meta.url))], outfile: join(bundles, 'writer.mjs'), bundle: true, platform: 'node', format: 'esm', target: 'node20',
    external: ['koffi'], banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
  });
});

afterAll(() => rm(bundles, { recursive: true, force: true }));

const numbers = (text: string, pattern: RegExp): number[] => [...text.matchAll(pattern)].map(([, number]) => Number(number));

it('has each interval that was written once, whole, and knows where it stood', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  let written = 0;
  let committed = 0;
  for (let round = 0; round < 12; round += 1) {
    const writer = runProcess(join(bundles, 'writer.mjs'), [folder]);
    await expect.poll(() => numbers(writer.out(), /^(\d+)$/gm).length, { timeout: 30_000, interval: 1 }).toBeGreaterThan(round * 3 % 11);
    writer.kill('SIGKILL');
    const { out, err } = await writer.ended;
    expect(err).toBe('');
    written = numbers(out, /^(\d+)$/gm).at(-1) ?? written;
    committed = numbers(out, /^committed (\d+)$/gm).at(-1) ?? committed;
    const journal = await Journal.open({ folder, log: pino({ level: 'silent' }) });
    const { intervals, dropped } = await journal.read({ journalId: null, after: 0, limit: 360 });
    const last = await journal.lastShown();
    const known = Number(last?.shown.services[0]?.counters.connections);
    // What it was killed at may be there too, and a commit may have been done before it was said.
    const first = intervals[0]?.sequence ?? known + 1;
    expect([dropped, first > committed, known >= written, known <= written + 1]).toEqual([null, true, true, true]);
    expect(intervals.map(({ sequence, startMs }) => [sequence, startMs])).toEqual(
      Array.from({ length: known - first + 1 }, (_, at) => [first + at, closedAt(first + at).interval.startMs]));
    expect(intervals.every(({ services: [service], sequence }) => service?.[3][1][0] === String(sequence))).toBe(true);
  }
});
