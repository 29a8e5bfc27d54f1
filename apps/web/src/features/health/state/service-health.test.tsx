// @vitest-environment happy-dom
// How a service stands, in words that are true when nothing is left to go on.
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ada, renderInPanel } from '../../../trpc/testing/in-panel.tsx';
import { ServiceHealthMark } from './service-health.tsx';

afterEach(cleanup);

test.each([
  ['en', 0, 'none of 1 needed in use: nobody answers'], ['zh-CN', 0, '所需 1 台中无一在用：无人应答'],
  ['en', 1, '1 of 1 needed in use, and they go on'], ['zh-CN', 1, '所需 1 台中使用 1 台，由它们继续'],
] as const)('in %s, below its quorum with %d in use: %s', async (locale, usable, words) => {
  const health = [{ directorId: 'a', sorry: false, state: { code: 'belowGoOn' as const, params: { usable, needed: 1, of: 2 }, sinceMs: 0 } }];
  renderInPanel(<ServiceHealthMark health={health} brief />, { person: ada('viewer'), locale, answer: () => null });
  expect(await screen.findByText(words)).toBeTruthy();
});
