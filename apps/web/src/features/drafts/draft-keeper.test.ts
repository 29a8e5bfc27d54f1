// A draft is saved as it goes, in order, and two tabs of one person do not write over each other.
import { tutorialCluster, type DraftValues } from '@weir/model';
import { TRPCClientError } from '@trpc/client';
import { expect, test, vi } from 'vitest';
import type { ErrorCode } from '../../server/errors.ts';
import type { AppRouter } from '../../server/router.ts';
import { discardDraft } from './discard-draft.ts';
import { DraftKeeper, type DraftStore, type KeptDraft } from './draft-keeper.ts';

const times = { restMs: 5, retryMs: 5 };
const wait = { timeout: 15_000, interval: 5 };
const values = (reason: string): DraftValues => ({ definition: tutorialCluster('lb-1'), reason });

function refused(code: ErrorCode): TRPCClientError<AppRouter> {
  const data = { error: { code, params: {} }, httpStatus: 409, path: 'drafts.save' } as const;
  return TRPCClientError.from<AppRouter>({ error: { message: code, code: -32_009, data } });
}

/** What the panel would have; breaks when it is told to. */
function panel(kept: KeptDraft | null = null) {
  const there = { kept, saves: 0, broken: null as 'offline' | ErrorCode | null, answersLost: false, release: null as Promise<void> | null };
  const store: DraftStore = {
    read: () => Promise.resolve(there.kept),
    discard: (version) => {
      if (there.kept !== null && there.kept.version !== version) return Promise.reject(refused('draftElsewhere'));
      there.kept = null;
      return Promise.resolve();
    },
    save: async (version, saved) => {
      there.saves += 1;
      if (there.release !== null) await there.release;
      if (there.broken === 'offline') throw new TRPCClientError('fetch failed');
      if (there.broken !== null) throw refused(there.broken);
      if ((there.kept?.version ?? null) !== version) throw refused(there.kept === null ? 'draftOver' : 'draftElsewhere');
      there.kept = { version: (version ?? 0) + 1, values: saved, updatedAt: new Date(1_000 * ((version ?? 0) + 1)) };
      if (there.answersLost) throw new TRPCClientError('connection reset');
      return there.kept;
    },
  };
  return { there, store };
}

function holding(): { promise: Promise<void>; release: () => void } {
  const waiting: (() => void)[] = [];
  const promise = new Promise<void>((resolve) => {
    waiting.push(resolve);
  });
  return { promise, release: () => waiting.forEach((resolve) => resolve()) };
}

const until = (keeper: DraftKeeper, kind: string) => vi.waitFor(() => expect(keeper.state().kind).toBe(kind), wait);

test('what is typed is saved when the keys rest, and what comes meanwhile after it', async () => {
  const { there, store } = panel();
  const keeper = new DraftKeeper(store, null, times);
  expect([keeper.state().kind, keeper.unsaved]).toEqual(['none', false]);
  const held = holding();
  there.release = held.promise;
  keeper.want(values('one'));
  await vi.waitFor(() => expect(there.saves).toBe(1), wait);
  keeper.want(values('two'));
  keeper.want(values('three'));
  expect(keeper.unsaved).toBe(true);
  held.release();
  await until(keeper, 'saved');
  expect(there).toMatchObject({ saves: 2, kept: { version: 2, values: { reason: 'three' } } });
  expect(keeper.state()).toEqual({ kind: 'saved', at: new Date(2_000) });
  expect(keeper.unsaved).toBe(false);
});

test('what is as it was before has no draft', async () => {
  const { there, store } = panel({ version: 7, values: values('begun'), updatedAt: new Date(0) });
  const keeper = new DraftKeeper(store, there.kept, times);
  expect(keeper.state()).toEqual({ kind: 'saved', at: new Date(0) });
  keeper.want(values('begun'));
  keeper.want(null);
  await until(keeper, 'none');
  expect(there).toMatchObject({ kept: null, saves: 0 });
  keeper.want(values('again'));
  await until(keeper, 'saved');
  expect(there.kept?.version).toBe(1);
});

test('what is brought on top of another revision is saved also where it reads the same, or is no draft any more', async () => {
  const kept = { version: 7, values: values('begun'), updatedAt: new Date(0) };
  const { there, store } = panel(kept);
  const keeper = new DraftKeeper(store, kept, { ...times, rebased: true });
  keeper.want(values('begun'));
  await vi.waitFor(() => expect(there.kept?.version).toBe(8), wait);
  await until(keeper, 'saved');
  const again = new DraftKeeper(store, there.kept, { ...times, rebased: true });
  again.want(null);
  await vi.waitFor(() => expect(there.kept).toBeNull(), wait);
});

test('without the panel it is said, and tried until it is there again', async () => {
  const { there, store } = panel();
  const keeper = new DraftKeeper(store, null, times);
  there.broken = 'offline';
  keeper.want(values('one'));
  await vi.waitFor(() => expect(keeper.state()).toMatchObject({ kind: 'failed', fault: { code: 'panelUnreachable' } }), wait);
  await vi.waitFor(() => expect(there.saves).toBeGreaterThan(2), wait);
  there.broken = null;
  await until(keeper, 'saved');
});

test('an answer that was lost is no other tab', async () => {
  const { there, store } = panel();
  const keeper = new DraftKeeper(store, null, times);
  there.answersLost = true;
  keeper.want(values('one'));
  await vi.waitFor(() => expect(there.saves).toBeGreaterThan(0), wait);
  there.answersLost = false;
  await until(keeper, 'saved');
  expect(there.kept).toMatchObject({ version: 1, values: { reason: 'one' } });
});

test('a refusal is said and not repeated, until something is typed', async () => {
  const { there, store } = panel();
  const keeper = new DraftKeeper(store, null, times);
  there.broken = 'clusterNotYours';
  keeper.want(values('one'));
  await vi.waitFor(() => expect(keeper.state()).toMatchObject({ kind: 'failed', fault: { code: 'clusterNotYours' } }), wait);
  expect(there.saves).toBe(1);
  there.broken = null;
  keeper.want(values('two'));
  await until(keeper, 'saved');
});

test('another tab went on: nothing is saved until a person says so', async () => {
  const { there, store } = panel({ version: 1, values: values('begun'), updatedAt: new Date(0) });
  const [here, there2] = [new DraftKeeper(store, there.kept, times), new DraftKeeper(store, there.kept, times)];
  there2.want(values('there'));
  await until(there2, 'saved');
  here.want(values('here'));
  await until(here, 'elsewhere');
  here.want(values('here too'));
  expect(here.state().kind).toBe('elsewhere');
  expect(there.kept).toMatchObject({ version: 2, values: { reason: 'there' } });
  here.keepMine(2);
  await until(here, 'saved');
  expect(there.kept).toMatchObject({ version: 3, values: { reason: 'here too' } });
  await store.discard(3);
  there2.want(values('late'));
  await until(there2, 'over');
  there2.keepMine(null);
  await until(there2, 'saved');
});

test('an end waits for what is under way, saves nothing more, and goes on when it came to nothing', async () => {
  const { there, store } = panel();
  const keeper = new DraftKeeper(store, null, times);
  const held = holding();
  there.release = held.promise;
  keeper.want(values('one'));
  await vi.waitFor(() => expect(there.saves).toBe(1), wait);
  keeper.want(values('two'));
  const ended = keeper.end();
  keeper.want(values('three'));
  held.release();
  await ended;
  expect([keeper.state().kind, keeper.unsaved, there.saves]).toEqual(['ended', false, 1]);
  keeper.goOn();
  await until(keeper, 'saved');
  expect(there.kept?.values.reason).toBe('three');
});

test('a draft that the panel did not discard is kept on', async () => {
  const { there, store } = panel();
  const keeper = new DraftKeeper(store, null, times);
  keeper.want(values('one'));
  await until(keeper, 'saved');
  const refusing: DraftStore = { ...store, discard: () => Promise.reject(new TRPCClientError('fetch failed')) };
  expect(await discardDraft(keeper, refusing)).toMatchObject({ kind: 'refused', fault: { code: 'panelUnreachable' } });
  keeper.want(values('two'));
  await vi.waitFor(() => expect(there.kept?.values.reason).toBe('two'), wait);
  expect(await discardDraft(keeper, store)).toEqual({ kind: 'discarded', was: values('two') });
  expect([there.kept, keeper.state().kind]).toEqual([null, 'ended']);
});
