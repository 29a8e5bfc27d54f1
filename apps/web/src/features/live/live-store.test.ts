// One stream for all topics of a tab.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveTick, Topic } from '../../live/topic.ts';
import type { LiveSource, StreamEvents } from './live-source.ts';
import { createLiveStore } from './live-store.ts';

const tick = (topic: Topic, atMs: number): LiveTick => ({ topic, atMs, directors: [], services: [] });

function panelWith(past: readonly LiveTick[] = []) {
  const opened: { topics: readonly Topic[]; events: StreamEvents; closed: boolean }[] = [];
  const followed: (readonly Topic[])[] = [];
  const asked: Topic[] = [];
  const source: LiveSource = {
    open: (topics, events) => {
      const stream = { topics, events, closed: false };
      opened.push(stream);
      return () => {
        stream.closed = true;
      };
    },
    follow: (_, topics) => {
      followed.push(topics);
      return Promise.resolve();
    },
    history: (topic) => {
      asked.push(topic);
      return Promise.resolve(past.filter((each) => each.topic === topic));
    },
  };
  const broken = vi.fn<() => void>();
  const store = createLiveStore(source, () => 50_000, broken);
  return { store, opened, followed, asked, broken, last: () => opened.at(-1)!.events };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('topics of several pages go to the panel in one message', async () => {
  const { store, followed, last } = panelWith();
  store.setVisible(true);
  last().onOpen('s1');
  await settled();
  followed.length = 0;
  store.follow('overview');
  store.follow('cluster:a');
  await settled();
  expect(followed).toEqual([['overview', 'cluster:a']]);
});

test('a topic is left when its last page leaves it', async () => {
  const { store, followed, last } = panelWith();
  store.setVisible(true);
  last().onOpen('s1');
  const leave = [store.follow('overview'), store.follow('overview')];
  await settled();
  leave[0]!();
  await settled();
  followed.length = 0;
  leave[1]!();
  await settled();
  expect(followed).toEqual([[]]);
});

test('the past comes before what is live', async () => {
  const { store, last } = panelWith([tick('overview', 1_000)]);
  store.setVisible(true);
  store.follow('overview');
  last().onOpen('s1');
  last().onTick(tick('overview', 2_000));
  await settled();
  expect(store.now('overview').ticks.map(({ atMs }) => atMs)).toEqual([1_000, 2_000]);
});

test('pausing keeps what is shown and goes on gathering; resuming shows all of it', async () => {
  const { store, last } = panelWith();
  store.setVisible(true);
  store.follow('overview');
  last().onOpen('s1');
  await settled();
  last().onTick(tick('overview', 1_000));
  store.pause('key', true);
  store.pause('pointer', true);
  last().onTick(tick('overview', 2_000));
  expect(store.state()).toMatchObject({ pausedSinceMs: 50_000, pausedBy: 'key' });
  expect(store.shown('overview').latest?.atMs).toBe(1_000);
  expect(store.now('overview').latest?.atMs).toBe(2_000);
  store.pause('key', false);
  expect(store.state()).toMatchObject({ pausedSinceMs: 50_000, pausedBy: 'pointer' });
  expect(store.shown('overview').latest?.atMs).toBe(1_000);
  store.pause('pointer', false);
  expect(store.shown('overview').latest?.atMs).toBe(2_000);
});

test('a hidden tab closes its stream after half a minute and asks for the past once when it is seen', async () => {
  const { store, opened, asked, last } = panelWith();
  store.setVisible(true);
  store.follow('overview');
  last().onOpen('s1');
  last().onTick(tick('overview', 1_000));
  await settled();
  store.setVisible(false);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(opened[0]!.closed).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(opened[0]!.closed).toBe(true);
  asked.length = 0;
  store.setVisible(true);
  expect(opened.at(-1)!.topics).toEqual(['overview']);
  last().onOpen('s2');
  await settled();
  expect(asked).toEqual(['overview']);
});

test('a stream that ends opens again, later each time, and says so', async () => {
  const { store, opened, broken, last } = panelWith();
  store.setVisible(true);
  last().onOpen('s1');
  expect(store.state().link).toBe('live');
  last().onEnd();
  expect(store.state().link).toBe('connecting');
  expect(broken).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened).toHaveLength(2);
  last().onEnd();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened).toHaveLength(3);
  expect(store.state().link).toBe('reconnecting');
  last().onOpen('s2');
  expect(store.state().link).toBe('live');
});

test('a stream that comes back may be another session\'s: the page asks whose it is', async () => {
  const { store, broken, last } = panelWith();
  store.setVisible(true);
  last().onOpen('s1');
  await settled();
  expect(broken).not.toHaveBeenCalled();
  last().onLost();
  last().onOpen('s2');
  expect(broken).toHaveBeenCalledOnce();
});

test('who takes the stream over from another tab has it back before anybody is told that it is lost', async () => {
  const { store, broken, asked, last } = panelWith();
  store.setVisible(true);
  store.follow('overview');
  last().onOpen('s1');
  await settled();
  asked.length = 0;
  const said: string[] = [];
  store.subscribe(() => said.push(store.state().link));
  last().onLost();
  await vi.advanceTimersByTimeAsync(1_500);
  last().onOpen('s2');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said).not.toContain('reconnecting');
  expect(store.state().link).toBe('live');
  expect([broken.mock.calls.length, asked]).toEqual([1, ['overview']]);
});

test('a tab that is seen again while the panel does not answer does not say that it is live', async () => {
  const { store, opened, last } = panelWith();
  store.setVisible(true);
  store.follow('overview');
  last().onOpen('s1');
  store.setVisible(false);
  await vi.advanceTimersByTimeAsync(31_000);
  store.setVisible(true);
  expect([opened.length, store.state().link]).toEqual([2, 'connecting']);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.state().link).toBe('reconnecting');
  last().onOpen('s2');
  expect(store.state().link).toBe('live');
});

test('a page that is opened while it stands still is drawn with its past, and stands', async () => {
  const { store, last } = panelWith([tick('overview', 1_000)]);
  store.setVisible(true);
  last().onOpen('s1');
  store.pause('key', true);
  store.follow('overview');
  last().onTick(tick('overview', 2_000));
  await settled();
  last().onTick(tick('overview', 3_000));
  expect(store.shown('overview').ticks.map(({ atMs }) => atMs)).toEqual([1_000, 2_000]);
});
