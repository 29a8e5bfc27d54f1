// How often health is told, by a clock that the test moves.
import type { HealthEvent } from '@weir/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Streams } from './streams.ts';

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

it('tells of health at once and then a few times a second, however often it changes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const event: HealthEvent = { kind: 'health', bootId: 'b', whole: false, services: [], checker: { targets: 0, late: null, braked: null }, atMs: 0 };
  const streams = new Streams({
    bootId: 'b', state: () => null, latestTick: () => null, listen: () => () => undefined,
    health: (told) => ({ event, told: { ...told, version: told.version + 1 } }),
  });
  const ending = new AbortController();
  const ids: string[] = [];
  const reading = (async () => {
    for await (const { id } of streams.events(ending.signal)) ids.push(id);
  })();
  await settle();
  for (let ring = 0; ring < 100; ring += 1) {
    streams.healthChanged();
    await settle();
  }
  expect(ids).toEqual(['b.health.1.0']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ids).toHaveLength(6);
  ending.abort();
  await reading;
  expect(vi.getTimerCount()).toBe(0);
});
