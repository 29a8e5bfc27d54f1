// Following journals, of agents that say the right things and of some that do not.
import { encodeInterval } from '@weir/protocol';
import type { JournalAnswer } from '@weir/protocol';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PanelError } from '../../errors.ts';
import type { DirectorView, LinkState } from '../../gateway/director-view.ts';
import type { Heard, SetAside } from '../store/journal.ts';
import { plainInterval } from '../testing/intervals.ts';
import { Follower } from './follower.ts';
import type { JournalClient } from './follower.ts';

const wait = { timeout: 15_000, interval: 5 };
const answer = (sequences: readonly number[], more: Partial<JournalAnswer> = {}): JournalAnswer => (
  { journalId: 'j', intervals: sequences.map((sequence) => encodeInterval(plainInterval(sequence, sequence * 10_000))), dropped: null, more: false, ...more });

class Bench {
  readonly asked: { directorId: string; journalId: string | null; after: number }[] = [];
  readonly done: string[] = [];
  readonly warned: unknown[] = [];
  leftOut = 0;
  setAside: readonly SetAside[] = [];
  #cursor: { journalId: string | null; sequence: number } = { journalId: null, sequence: 0 };
  #link: (directorId: string, state: LinkState) => void = () => undefined;
  readonly #follower: Follower;

  constructor(answers: (after: number, asked: number) => Promise<JournalAnswer>, version = 3, committed: JournalClient['journalCommitted'] = async ({ journalId, sequence }) => ({ journalId, committed: sequence })) {
    const view: Partial<DirectorView> = { name: 'lvs-1', hello: { version } as DirectorView['hello'] };
    const logger = pino({ level: 'warn' }, { write: (text: string) => void this.warned.push(JSON.parse(text)) });
    this.#follower = new Follower({
      gateway: { director: () => view as DirectorView, onLink: (listener) => { this.#link = listener; }, onDrop: () => undefined },
      clientOf: (directorId) => ({
        journal: async ({ journalId, after }) => {
          this.asked.push({ directorId, journalId, after });
          return answers(after, this.asked.length);
        },
        journalCommitted: async (input) => {
          this.done.push(`committed ${input.sequence}`);
          return committed(input);
        },
      }),
      journal: {
        cursor: async () => this.#cursor,
        write: async (heard) => this.#write(heard),
      },
      logger,
      now: Date.now,
      everyMs: 20,
    });
  }

  connect(state: LinkState = 'connected'): void {
    this.#link('d', state);
  }

  async close(): Promise<void> {
    await this.#follower.close();
  }

  async #write({ journalId, intervals }: Heard) {
    const after = this.#cursor.journalId === journalId ? this.#cursor.sequence : 0;
    const fresh = intervals.filter(({ sequence }) => sequence > after);
    this.#cursor = { journalId, sequence: Math.max(after, ...fresh.map(({ sequence }) => sequence)) };
    if (fresh.length > 0) this.done.push(`wrote ${fresh.map(({ sequence }) => sequence).join(' ')}`);
    return { sequence: this.#cursor.sequence, intervals: fresh.length, refused: 0, leftOut: this.leftOut, setAside: this.setAside.filter(({ sequence }) => fresh.some((one) => one.sequence === sequence)) };
  }
}

let bench: Bench;
afterEach(() => bench.close());

describe('a director that is connected', () => {
  it('is asked at once, as long as there is more, and told only what is written', async () => {
    bench = new Bench(async (after) => (after < 6 ? answer([after + 1, after + 2], { more: after < 4 }) : answer([])));
    bench.connect();
    await vi.waitFor(() => expect(bench.done).toHaveLength(6), wait);
    expect(bench.done).toEqual(['wrote 1 2', 'committed 2', 'wrote 3 4', 'committed 4', 'wrote 5 6', 'committed 6']);
    expect(bench.asked.slice(0, 3)).toEqual([{ directorId: 'd', journalId: null, after: 0 }, { directorId: 'd', journalId: 'j', after: 2 }, { directorId: 'd', journalId: 'j', after: 4 }]);
    await vi.waitFor(() => expect(bench.asked.length).toBeGreaterThan(5), wait);
    expect(bench.done).toHaveLength(6);
  });

  it('that always has more, and never anything new, is asked again only in its turn', async () => {
    bench = new Bench(async (_, asked) => (asked < 4 ? answer([1], { more: true }) : answer([1, 2])));
    bench.connect();
    await vi.waitFor(() => expect(bench.done).toContain('wrote 2'), wait);
    expect(bench.done.filter((what) => what.startsWith('wrote'))).toEqual(['wrote 1', 'wrote 2']);
  });

  it('is not followed while it is silent, and again when it is back', async () => {
    bench = new Bench(async () => answer([]));
    bench.connect();
    await vi.waitFor(() => expect(bench.asked.length).toBeGreaterThan(1), wait);
    bench.connect('silent');
    bench.connect('connected');
    const before = bench.asked.length;
    await vi.waitFor(() => expect(bench.asked.length).toBeGreaterThan(before + 2), wait);
  });

  it('that fails is asked again, and that is said once', async () => {
    bench = new Bench(async (_, asked) => {
      if (asked < 5) throw new PanelError('directorAnswer', { director: 'lvs-1', what: 'intervals.0.startMs' });
      return answer([1]);
    });
    bench.connect();
    await vi.waitFor(() => expect(bench.done).toContain('committed 1'), wait);
    expect(bench.warned).toHaveLength(1);
    expect(bench.warned[0]).toMatchObject({ director: 'lvs-1', code: 'directorAnswer' });
  });

  it('that does not take the word that it is written is told again with what comes next', async () => {
    bench = new Bench(async (after, asked) => answer([asked + after]), 3, () => Promise.reject(new PanelError('directorSilent', { director: 'lvs-1', why: 'timeout' })));
    bench.connect();
    await vi.waitFor(() => expect(bench.done.filter((what) => what.startsWith('wrote')).length).toBeGreaterThan(2), wait);
  });

  it('that lost what the panel had not heard says so, and it is logged', async () => {
    bench = new Bench(async (after) => (after === 0 ? answer([1]) : after < 9 ? answer([8, 9], { dropped: 7 }) : answer([], { dropped: 7 })));
    bench.connect();
    await vi.waitFor(() => expect(bench.asked.length).toBeGreaterThan(3), wait);
    expect(bench.warned).toEqual([expect.objectContaining({ director: 'lvs-1', intervals: 6 })]);
  });

  it('of whose journal a file was damaged lost no more than that', async () => {
    bench = new Bench(async (after) => (after === 0 ? answer([1]) : after < 4 ? answer([2, 4], { dropped: 3 }) : answer([], { dropped: 3 })));
    bench.connect();
    await vi.waitFor(() => expect(bench.asked.length).toBeGreaterThan(3), wait);
    expect(bench.warned).toEqual([expect.objectContaining({ director: 'lvs-1', intervals: 1 })]);
  });

  it('of whose journal a file far behind was damaged lost none of those before it', async () => {
    bench = new Bench(async (after) => (after === 0 ? answer([1]) : after === 1 ? answer([2, 3], { dropped: 5, more: true }) : after === 3 ? answer([4, 6], { dropped: 5 }) : answer([], { dropped: 5 })));
    bench.connect();
    await vi.waitFor(() => expect(bench.asked.length).toBeGreaterThan(3), wait);
    expect(bench.warned).toEqual([expect.objectContaining({ director: 'lvs-1', intervals: 1 })]);
  });

  it('of which an interval cannot be written goes on, and that is logged with its place', async () => {
    bench = new Bench(async (after) => answer(after < 3 ? [after + 1] : []));
    bench.setAside = [{ sequence: 2, startMs: 20_000, error: new Error('no') }];
    bench.connect();
    await vi.waitFor(() => expect(bench.done).toContain('committed 3'), wait);
    expect(bench.warned).toEqual([expect.objectContaining({ level: 50, director: 'lvs-1', sequence: 2, start: '1970-01-01T00:00:20.000Z' })]);
  });

  it('that has too many objects is told of once, not each time', async () => {
    bench = new Bench(async (after) => answer([after + 1]));
    bench.leftOut = 3;
    bench.connect();
    await vi.waitFor(() => expect(bench.done).toContain('committed 4'), wait);
    expect(bench.warned).toEqual([expect.objectContaining({ director: 'lvs-1', portions: 3 })]);
  });

  it('of version 2 is asked nothing', async () => {
    bench = new Bench(async () => answer([1]), 2);
    bench.connect();
    await bench.close();
    expect(bench.asked).toEqual([]);
  });
});
