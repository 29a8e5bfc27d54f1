// The grid that samples are taken on.
import type { Forwarder } from '@weir/forwarder';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Sampler } from './sampler.ts';
import { ManualClock } from '../testing/manual-clock.ts';

const startMs = 1_800_000_000_250;

function samplerOn(clock: ManualClock, sample: Forwarder['sample']): Sampler {
  return new Sampler({ bootId: 'boot', forwarder: { sample }, clock, log: pino({ level: 'silent' }) });
}

it('samples on the second, once for all who listen, and not for nobody', async () => {
  const clock = new ManualClock(startMs);
  const sampledAtMs: number[] = [];
  const sampler = samplerOn(clock, () => {
    sampledAtMs.push(clock.nowMs());
    return Promise.resolve({ measuredAtMs: clock.nowMs(), services: [] });
  });
  clock.advance(2_000);
  let ticks = 0;
  const leave = [sampler.listen(() => { ticks += 1; }), sampler.listen(() => { ticks += 1; })];
  for (let i = 1; i <= 3; i += 1) {
    clock.advance(1_000);
    await expect.poll(() => ticks).toBe(2 * i);
  }
  for (const cancel of leave) cancel();
  clock.advance(5_000);
  expect(sampledAtMs).toEqual([1_800_000_003_000, 1_800_000_004_000, 1_800_000_005_000]);
  expect(sampler.latest?.sequence).toBe(3);
});

it('asks for no sample while the forwarder still owes one', async () => {
  const clock = new ManualClock(startMs);
  let asked = 0;
  let answer: ((error: Error) => void) | null = null;
  const sampler = samplerOn(clock, () => {
    asked += 1;
    return new Promise((_resolve, reject) => { answer = reject; });
  });
  const leave = sampler.listen(() => undefined);
  clock.advance(10_000);
  expect(asked).toBe(1);
  (answer as ((error: Error) => void) | null)?.(new Error('no counters'));
  await expect.poll(() => {
    clock.advance(1_000);
    return asked;
  }).toBe(2);
  expect(sampler.latest).toBeNull();
  leave();
});
