// @vitest-environment happy-dom
// Events in the reader's words: spans of time are told as people tell them.
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import { useEventText, type EventWords } from './use-event-text.ts';

afterEach(cleanup);

function Told(event: EventWords) {
  return <p>{useEventText()(event)}</p>;
}

test.each([
  ['en', { targets: 2, worstMs: 229_868 }, '2 checks come too late, the worst by 3 m 49 s.'], ['zh-CN', { targets: 2, worstMs: 229_868 }, '2 项检查过迟，最迟 3 分 49 秒。'],
  ['en', { targets: 2 }, '2 checks come too late, the worst by —.'],
] as const)('in %s, checks late by %j', (locale, params, words) => {
  renderInPanel(<Told kind="checker" code="late" params={params} />, { person: ada('viewer'), locale, answer: () => null });
  expect(screen.getByText(words)).toBeTruthy();
});
