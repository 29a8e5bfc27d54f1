// @vitest-environment happy-dom
// The sample load stops by itself, and says so beside its switch: after how long, how long still, and since when.
import { cleanup, configure, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { SampleLoadView } from '../../server/lab/sample-load.ts';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import { SampleLoad } from './sample-load.tsx';

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

const off = {
  available: true, on: false, target: '127.0.8.200:8080', connectionsPerSecond: null, startedAt: null, endsAt: null, stopsAfterMs: 900_000, activeConnections: 0,
  counts: { started: 0n, succeeded: 0n, failed: 0n, skipped: 0n }, lastFailure: null, servers: [],
} satisfies SampleLoadView;
const fromNow = (ms: number) => new Date(Date.now() + ms);

test.each([
  ['off', off, /stops by itself after 15 m$/],
  ['on', { ...off, on: true, endsAt: fromNow(600_000) }, /stops by itself in (10 m|9 m \d+ s)$/],
  ['over', { ...off, endsAt: fromNow(-120_000) }, /stopped \d\d:\d\d:\d\d · 2 m ago · stops by itself after 15 m$/],
])('%s', async (_name, load: SampleLoadView, words) => {
  renderInPanel(<SampleLoad />, { person: ada('operator'), answer: () => load });
  expect(await screen.findByText(words)).toBeTruthy();
});
