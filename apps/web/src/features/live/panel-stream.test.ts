// The panel's stream, also where nobody answers.
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppRouter } from '../../server/router.ts';
import { panelStream, type TextEvents } from './panel-stream.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(answers: boolean) {
  let left = false;
  const panel: TRPCLink<AppRouter> = () => () => observable((observer) => {
    if (answers) observer.next({ result: { type: 'data', data: { kind: 'open', streamId: 's1' } } });
    return () => { left = true; };
  });
  const events = { onOpen: vi.fn<TextEvents['onOpen']>(), onText: vi.fn<TextEvents['onText']>(), onLost: vi.fn<TextEvents['onLost']>(), onEnd: vi.fn<TextEvents['onEnd']>() };
  const close = panelStream(createTRPCClient<AppRouter>({ links: [panel] })).open([], events);
  return { events, close, left: () => left };
}

test('a panel that takes the call and never answers is given up, once', () => {
  const { events, left } = open(false);
  vi.advanceTimersByTime(60_000);
  expect([events.onEnd.mock.calls.length, left()]).toEqual([1, true]);
});

test('a stream that is there, or was left, is not', () => {
  const there = open(true);
  const leaving = open(false);
  leaving.close();
  vi.advanceTimersByTime(60_000);
  expect([there.events.onOpen.mock.calls, there.events.onEnd.mock.calls.length, there.left()]).toEqual([[['s1']], 0, false]);
  expect([leaving.events.onEnd.mock.calls.length, leaving.left()]).toEqual([0, true]);
});
