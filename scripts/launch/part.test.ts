// The care for the parts, on real child processes: a failed start, a restart after a death, a stop at any time.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exists } from './enrolment.ts';
import { PartKeeper } from './part.ts';
import type { Delay } from './part.ts';
import { startProgram, type Program } from './program.ts';

let folder: string;
let ready: string;
let said: string[];
/** How long the keepers of this test waited before they started a part again, beside looks at its ground. */
let pausesMs: number[];
const keepers: PartKeeper[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weir-part-'));
  ready = path.join(folder, 'pid');
  said = [];
  pausesMs = [];
});
afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.stop()));
  await rm(folder, { recursive: true, force: true });
});

const recorded: Delay = async (waitMs, signal) => {
  pausesMs.push(waitMs);
  await delay(waitMs, undefined, { signal }).catch(() => undefined);
};

/** A program that writes its pid when it is ready. */
async function keeperOf(script: string, over: Partial<Program> = {}, ground?: PartKeeper): Promise<PartKeeper> {
  const file = path.join(folder, `${keepers.length}.mjs`);
  await writeFile(file, script);
  const program: Program = {
    title: 'the program',
    file,
    args: [ready],
    env: {},
    logFile: path.join(folder, 'program.log'),
    isReady: () => exists(ready),
    readyDeadlineMs: 10_000,
    stopDeadlineMs: 5000,
    ...over,
  };
  const keeper = new PartKeeper({ title: program.title, start: (signal) => startProgram(program, signal) }, (line) => said.push(line), ground, recorded);
  keepers.push(keeper);
  return keeper;
}

const steady = `import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[2], String(process.pid)); setInterval(() => {}, 1000);`;

async function pid(): Promise<number> {
  return Number(await readFile(ready, 'utf8'));
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}

it('starts again what was killed, and says so', async () => {
  const keeper = await keeperOf(steady);
  await keeper.start();
  const first = await pid();
  await rm(ready);
  process.kill(first, 'SIGKILL');
  await expect.poll(() => said, { timeout: 10_000 }).toEqual(['The program has ended (signal SIGKILL); starting it again.', 'The program runs again.']);
  expect(await pid()).not.toBe(first);
});

/** Kills what has written its pid to `file`, and waits until it has written another one. */
async function kill(file: string): Promise<void> {
  const victim = Number(await readFile(file, 'utf8'));
  await rm(file);
  process.kill(victim, 'SIGKILL');
  await expect.poll(() => exists(file), { timeout: 10_000 }).toBe(true);
}

it('lets what dies again and again wait, and forgets that once it ran well', async () => {
  const keeper = await keeperOf(steady);
  await keeper.start();
  await kill(ready);
  await expect.poll(() => said.length, { timeout: 10_000 }).toBe(2);
  await kill(ready);
  await expect.poll(() => said.length, { timeout: 10_000 }).toBe(4);
  const wellAt = performance.now() + 2_500;
  await expect.poll(() => performance.now() > wellAt, { timeout: 10_000 }).toBe(true);
  await kill(ready);
  expect(pausesMs).toEqual([200, 0, 200, 800, 200, 0]);
}, 60_000);

it('counts the death of what others stand on once, and starts these when it is up again', async () => {
  const groundReady = path.join(folder, 'ground');
  const ground = await keeperOf(steady, { title: 'the ground', args: [groundReady], isReady: () => exists(groundReady) });
  await ground.start();
  // As the panel does when it loses its database, at its start too.
  const above = await keeperOf(
    `import { existsSync } from 'node:fs'; const look = () => existsSync(process.argv[3]) || process.exit(1); look(); setInterval(look, 20); ${steady}`,
    { title: 'the part above', args: [ready, groundReady] }, ground,
  );
  await above.start();
  for (let n = 1; n <= 3; n += 1) {
    await rm(ready);
    await kill(groundReady);
    await expect.poll(() => said.filter((line) => line === 'The part above runs again.'), { timeout: 10_000 }).toHaveLength(n);
  }
  expect(said.filter((line) => line.includes('ended at its start'))).toEqual([]);
  await kill(ready);
  expect(pausesMs.slice(-2), 'no failure of its own was counted').toEqual([200, 0]);
}, 30_000);

it('leaves nothing running when it is stopped', async () => {
  const keeper = await keeperOf(steady);
  await keeper.start();
  const child = await pid();
  await keeper.stop();
  expect(isAlive(child)).toBe(false);
  expect(said).toEqual([]);
});

it('kills what does not end within its time', async () => {
  const keeper = await keeperOf(`process.on('SIGTERM', () => {}); ${steady}`, { stopDeadlineMs: 300 });
  await keeper.start();
  const child = await pid();
  await keeper.stop();
  expect(isAlive(child)).toBe(false);
});

it('shows the plain words of a program that ends at its start, without its structured log', async () => {
  const keeper = await keeperOf(`console.log('{"level":30,"msg":"hello"}'); console.error('Another one holds it.'); process.exitCode = 3;`);
  await expect(keeper.start()).rejects.toThrow(/^The program ended at its start \(exit code 3\):\nAnother one holds it\.\nIts log: /);
});

it('shows the structured log when there is nothing else', async () => {
  const keeper = await keeperOf(`console.log('{"level":50,"msg":"lost"}'); process.exitCode = 1;`);
  await expect(keeper.start()).rejects.toThrow(/\n\{"level":50,"msg":"lost"\}\n/);
});

it('gives up on a program that never becomes ready, and ends it', async () => {
  const keeper = await keeperOf(steady, { isReady: () => Promise.reject(new Error('no')), readyDeadlineMs: 1000 });
  await expect(keeper.start()).rejects.toThrow(/The program is not ready after 1 s/);
  expect(isAlive(await pid())).toBe(false);
});

it('can be stopped while it starts', async () => {
  const keeper = await keeperOf(steady, { isReady: () => Promise.resolve(false) });
  const started = keeper.start();
  const refusal = started.catch((error: unknown) => String(error));
  await expect.poll(() => exists(ready), { timeout: 10_000 }).toBe(true);
  await keeper.stop();
  expect(await refusal).toMatch(/abort/i);
  expect(isAlive(await pid())).toBe(false);
});

it('tries again and again, ever more slowly, and stops trying when it is stopped', async () => {
  const keeper = await keeperOf(`import { existsSync } from 'node:fs'; if (existsSync(process.argv[2] + '.broken')) throw new Error('broken'); ${steady}`);
  await keeper.start();
  const first = await pid();
  await writeFile(`${ready}.broken`, '');
  await rm(ready);
  process.kill(first, 'SIGKILL');
  await expect.poll(() => said.filter((line) => line.includes('ended at its start')).length, { timeout: 15_000 }).toBeGreaterThan(1);
  await keeper.stop();
  const lines = said.length;
  expect(said.at(-1)).not.toContain('\n');
  await expect(readFile(ready)).rejects.toThrow(/ENOENT/);
  expect(said).toHaveLength(lines);
}, 30_000);
