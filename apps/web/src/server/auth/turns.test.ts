// Costly calls of one session take turns; those of another do not wait for them.
import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

function gates(count: number): { readonly passed: Promise<void>; readonly open: () => void }[] {
  return Array.from({ length: count }, () => {
    let resolve: (() => void) | null = null;
    const passed = new Promise<void>((passing) => { resolve = passing; });
    return { passed, open: () => resolve?.() };
  });
}

it('has so many of one session at once, in order, and refuses what cannot wait any more', async () => {
  const turns = createTurns({ atOnceMax: 2, waitingMax: 2 });
  const begun: string[] = [];
  const held = gates(4);
  const calls = held.map(({ passed }, n) => turns.take('a', () => {
    begun.push(`a${n}`);
    return passed;
  }));
  await expect(turns.take('a', () => Promise.resolve())).rejects.toMatchObject({ code: 'tooManyRequests' });
  expect(await turns.take('b', () => Promise.resolve('b'))).toBe('b');
  expect(begun).toEqual(['a0', 'a1']);
  held[1]?.open();
  await expect.poll(() => begun).toEqual(['a0', 'a1', 'a2']);
  for (const { open } of held) open();
  await Promise.all(calls);
  expect(begun).toEqual(['a0', 'a1', 'a2', 'a3']);
  expect(await turns.take('a', () => Promise.resolve('again'))).toBe('again');
});

it('gives the turn on after a failure', async () => {
  const turns = createTurns({ atOnceMax: 1, waitingMax: 1 });
  const failing = turns.take('a', () => Promise.reject(new Error('no')));
  const next = turns.take('a', () => Promise.resolve('next'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('next');
});

it('lets others have the thread between two turns', async () => {
  const turns = createTurns({ atOnceMax: 2, waitingMax: 10 });
  let done = 0;
  const calls = Array.from({ length: 10 }, () => turns.take('a', () => {
    done += 1;
    return Promise.resolve();
  }));
  await nextRound();
  expect(done).toBeLessThan(10);
  await Promise.all(calls);
  expect(done).toBe(10);
});
