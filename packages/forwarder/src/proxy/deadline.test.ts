import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadline } from './deadline.ts';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }); });

afterEach(() => { vi.useRealTimers(); });

test('is over when nothing touched it for so long, and not before', () => {
  const over = vi.fn<() => void>();
  const deadline = new Deadline(() => 100, over);
  deadline.watch();
  vi.advanceTimersByTime(60);
  deadline.touch();
  vi.advanceTimersByTime(90);
  expect(over).not.toHaveBeenCalled();
  expect(deadline.remainingMs).toBe(10);
  vi.advanceTimersByTime(20);
  expect(over).toHaveBeenCalledOnce();
});

test('of 31 days waits 31 days, with next to no timers', () => {
  const over = vi.fn<() => void>();
  const timers = vi.spyOn(globalThis, 'setTimeout');
  new Deadline(() => 2_678_400_000, over).watch();
  vi.advanceTimersByTime(2_678_399_000);
  expect(over).not.toHaveBeenCalled();
  expect(timers.mock.calls.length).toBeLessThan(4);
  vi.advanceTimersByTime(2_000);
  expect(over).toHaveBeenCalledOnce();
});

test('that is stopped is never over', () => {
  const over = vi.fn<() => void>();
  const deadline = new Deadline(() => 100, over);
  deadline.watch();
  deadline.stop();
  vi.advanceTimersByTime(1_000);
  expect(over).not.toHaveBeenCalled();
});
