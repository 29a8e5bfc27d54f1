// Tabs of one browser, over real channels, share one stream; the lock is the browser's part.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Topic } from '../../../live/topic.ts';
import type { TextEvents, TextStream } from '../panel-stream.ts';
import { shareStream } from './shared-stream.ts';
import { sharedName } from './tab-message.ts';

interface Waiting {
  readonly grant: () => Promise<void>;
}

/** As the Web Locks API says, for one name; each person's tabs have one. */
class Locks {
  #queue: Waiting[] = [];
  #robbed: (() => void) | null = null;

  request = ((_: string, options: LockOptions, held: () => Promise<void>): Promise<void> => new Promise((resolve, reject) => {
    const robbed = () => reject(new DOMException('stolen', 'AbortError'));
    const grant = async () => {
      this.#robbed = robbed;
      await held();
      if (this.#robbed !== robbed) return;
      this.#robbed = null;
      resolve();
      void this.#queue.shift()?.grant();
    };
    if (options.steal === true) {
      this.#robbed?.();
      void grant();
      return;
    }
    if (this.#robbed === null) {
      void grant();
      return;
    }
    const waiting = { grant };
    this.#queue.push(waiting);
    options.signal?.addEventListener('abort', () => {
      this.#queue = this.#queue.filter((each) => each !== waiting);
      reject(new DOMException('left', 'AbortError'));
    });
  })) as LockManager['request'];
}

interface Opened {
  readonly topics: readonly Topic[];
  readonly events: TextEvents;
  readonly followed: (readonly Topic[])[];
  closed: boolean;
}

interface Tab {
  readonly seen: string[];
  readonly follow: (topics: readonly Topic[]) => void;
  readonly close: () => void;
  /** Neither says nor hears anything, as a page that the system has stopped. */
  readonly standStill: () => void;
}

let browser: { locks: Map<string, Locks>; opened: Opened[]; tabs: Tab[]; nowMs: number; refuseFollow: boolean };

function panel(): TextStream {
  return {
    open: (topics, events) => {
      const stream: Opened = { topics, events, followed: [], closed: false };
      browser.opened.push(stream);
      return () => {
        stream.closed = true;
      };
    },
    follow: (streamId, topics) => {
      if (browser.refuseFollow) return Promise.reject(new Error('noSuchStream'));
      browser.opened[Number(streamId)]?.followed.push(topics);
      return Promise.resolve();
    },
  };
}

const openTab = (...topics: readonly Topic[]): Tab => openTabOf('ann', ...topics);

function openTabOf(person: string, ...topics: readonly Topic[]): Tab {
  const name = sharedName(person);
  const locks = browser.locks.get(name) ?? new Locks();
  browser.locks.set(name, locks);
  const seen: string[] = [];
  let still = false;
  const stream = shareStream(panel(), {
    name, locks,
    clock: () => browser.nowMs,
    random: Math.random,
    openChannel: (called) => {
      const channel = new BroadcastChannel(called);
      const post = channel.postMessage.bind(channel);
      channel.postMessage = (message) => still || post(message);
      return channel;
    },
  });
  const close = stream.open(topics, {
    onOpen: (streamId) => seen.push(`open ${streamId}`),
    onText: (text) => seen.push(text),
    onLost: () => seen.push('lost'),
    onEnd: () => seen.push('end'),
  });
  const tab: Tab = { seen, close, follow: (next) => void stream.follow('', next), standStill: () => { still = true; } };
  browser.tabs.push(tab);
  return tab;
}

const text = (topic: Topic, atMs = 1) => JSON.stringify({ topic, atMs });
const streamNow = (): Opened => {
  const open = browser.opened.filter(({ closed }) => !closed);
  expect(open).toHaveLength(1);
  return open[0]!;
};
/** The panel takes the stream that is open. */
const accept = () => streamNow().events.onOpen(String(browser.opened.length - 1));
const told = () => streamNow().followed.at(-1);

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    browser.nowMs += 1_000;
    vi.advanceTimersByTime(1_000);
    // Real channels: a turn of the real loop between the beats.
    await new Promise<void>((resolve) => { setImmediate(resolve); });
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  browser = { locks: new Map(), opened: [], tabs: [], nowMs: 1_000, refuseFollow: false };
});
afterEach(() => {
  for (const tab of browser.tabs) tab.close();
  vi.useRealTimers();
});

test('eight tabs have one stream, which follows what any of them follows, and each sees its own topics', async () => {
  const first = openTab('overview');
  accept();
  const others = Array.from({ length: 7 }, (_, index) => openTab(`cluster:c${index}`));
  await vi.waitFor(() => expect(told()).toHaveLength(8));
  await vi.waitFor(() => expect(others.map(({ seen }) => seen)).toEqual(others.map(() => ['open 0'])));
  streamNow().events.onText(text('cluster:c3'));
  streamNow().events.onText(text('overview'));
  await vi.waitFor(() => expect(others[3]?.seen).toEqual(['open 0', text('cluster:c3')]));
  expect(first.seen).toEqual(['open 0', text('overview')]);
  expect(others[2]?.seen).toEqual(['open 0']);
  others[2]?.follow(['service:c2/s']);
  await vi.waitFor(() => expect(told()).toContain('service:c2/s'));
  expect(told()).not.toContain('cluster:c2');
  expect(browser.opened).toHaveLength(1);
});

test('a tick that the holder cannot read goes to all', async () => {
  openTab('overview');
  accept();
  const other = openTab('cluster:a');
  streamNow().events.onText('{"topic":"unheard of"}');
  await vi.waitFor(() => expect(other.seen).toContain('{"topic":"unheard of"}'));
});

test('when the tab that holds the stream ends, another holds it for those that are left', async () => {
  const first = openTab('overview');
  accept();
  const others = [openTab('cluster:a'), openTab('cluster:b')];
  await vi.waitFor(() => expect(told()).toHaveLength(3));
  first.close();
  await vi.waitFor(() => expect(browser.opened).toHaveLength(2));
  accept();
  await vi.waitFor(() => expect(told()).toEqual(expect.arrayContaining(['cluster:a', 'cluster:b'])));
  expect(told()).toHaveLength(2);
  await vi.waitFor(() => expect(others.map(({ seen }) => seen)).toEqual(others.map(() => ['open 0', 'lost', 'open 1'])));
});

test('a tab that leaves, or is gone without a word, is followed for no more', async () => {
  openTab('overview');
  accept();
  const [leaving, crashing] = [openTab('cluster:a'), openTab('cluster:b')];
  await vi.waitFor(() => expect(told()).toHaveLength(3));
  leaving.close();
  await vi.waitFor(() => expect(told()).toEqual(['overview', 'cluster:b']));
  crashing.standStill();
  await pass(40_000);
  await vi.waitFor(() => expect(told()).toEqual(['overview']));
});

test('a tab that stays is followed for, however long it says nothing new', async () => {
  openTab('overview');
  accept();
  const other = openTab('cluster:a');
  await vi.waitFor(() => expect(told()).toHaveLength(2));
  await pass(120_000);
  expect(told()).toEqual(['overview', 'cluster:a']);
  expect(other.seen).toEqual(['open 0']);
});

test('a tab that stands still loses the stream, and follows when it goes on', async () => {
  const first = openTab('overview');
  accept();
  const others = [openTab('cluster:a'), openTab('cluster:b')];
  await vi.waitFor(() => expect(told()).toHaveLength(3));
  first.standStill();
  await pass(20_000);
  expect(browser.opened[0]?.closed).toBe(true);
  accept();
  await vi.waitFor(() => expect(others.every(({ seen }) => seen.at(-1)?.startsWith('open ') === true && seen.at(-1) !== 'open 0')).toBe(true));
  await vi.waitFor(() => expect(first.seen.at(-1)).toBe(others[0]?.seen.at(-1)));
});

test('a tab that stood still itself takes the stream from nobody', async () => {
  openTab('overview');
  accept();
  const other = openTab('cluster:a');
  await vi.waitFor(() => expect(other.seen).toEqual(['open 0']));
  browser.nowMs += 60_000;
  await pass(20_000);
  expect([browser.opened.length, other.seen]).toEqual([1, ['open 0']]);
});

test('after the whole machine has slept, what each tab follows is still followed for', async () => {
  openTab('overview');
  accept();
  const other = openTab('cluster:a');
  await vi.waitFor(() => expect(told()).toHaveLength(2));
  const before = streamNow().followed.length;
  browser.nowMs += 3_600_000;
  await pass(4_000);
  expect([streamNow().followed.length, told()]).toEqual([before, ['overview', 'cluster:a']]);
  expect(other.seen).toEqual(['open 0']);
});

test('the end of the stream is the end for all, and the next that opens begins anew', async () => {
  const [first, second] = [openTab('overview'), openTab('cluster:a')];
  accept();
  await vi.waitFor(() => expect(second.seen).toEqual(['open 0']));
  streamNow().events.onEnd();
  await vi.waitFor(() => expect([first.seen.at(-1), second.seen.at(-1)]).toEqual(['end', 'end']));
  openTab('overview');
  await vi.waitFor(() => expect(browser.opened).toHaveLength(2));
});

test('a stream that is another session\'s by now ends, so that it begins anew', async () => {
  const first = openTab('overview');
  accept();
  browser.refuseFollow = true;
  const second = openTab('cluster:a');
  await vi.waitFor(() => expect([first.seen.at(-1), second.seen.at(-1)]).toEqual(['end', 'end']));
  expect(browser.opened[0]?.closed).toBe(true);
});

test('where the browser refuses locks, a tab asks once and has a stream of its own', async () => {
  const request = vi.fn<() => Promise<void>>(() => Promise.reject(new DOMException('not here', 'SecurityError')));
  browser.locks.set(sharedName('ann'), { request } as unknown as Locks);
  const tab = openTab('overview');
  await vi.waitFor(() => expect(browser.opened).toHaveLength(1));
  accept();
  streamNow().events.onText(text('overview'));
  expect(tab.seen).toEqual(['open 0', text('overview')]);
  expect(request).toHaveBeenCalledOnce();
});

test('tabs of two persons in one browser have two streams, and neither sees what the other follows', async () => {
  const anns = openTabOf('ann', 'overview');
  const bobs = openTabOf('bob', 'overview');
  expect(browser.opened).toHaveLength(2);
  const [ofAnn, ofBob] = browser.opened;
  ofAnn?.events.onOpen('0');
  ofBob?.events.onOpen('1');
  ofAnn?.events.onText(text('overview', 1));
  ofBob?.events.onText(text('overview', 2));
  ofBob?.events.onEnd();
  await pass(5_000);
  expect([anns.seen, bobs.seen]).toEqual([['open 0', text('overview', 1)], ['open 1', text('overview', 2), 'end']]);
});

test('a stream that comes back is told the topics of now', async () => {
  const first = openTab('overview');
  accept();
  first.follow(['cluster:a']);
  await vi.waitFor(() => expect(told()).toEqual(['cluster:a']));
  streamNow().events.onLost();
  streamNow().events.onOpen('0');
  await vi.waitFor(() => expect(streamNow().followed).toHaveLength(2));
  expect(told()).toEqual(['cluster:a']);
  expect(first.seen).toEqual(['open 0', 'lost', 'open 0']);
});

test('what another page says in the channel and no tab would changes nothing', async () => {
  const first = openTab('overview');
  accept();
  const channel = new BroadcastChannel(sharedName('ann'));
  const foreign = [null, 'ended', { kind: 'ended', why: 'x' }, { kind: 'follows', tab: 'x', topics: ['everything'] }, { kind: 'tick', topic: 'overview', text: 7 }];
  for (const message of foreign) channel.postMessage(message);
  const other = openTab('cluster:a');
  await vi.waitFor(() => expect(other.seen).toEqual(['open 0']));
  expect([first.seen, told()]).toEqual([['open 0'], ['overview', 'cluster:a']]);
  channel.close();
});
