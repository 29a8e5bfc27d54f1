// @vitest-environment happy-dom
// Marks of what happened: words where one is focused, a page behind each, one for many.
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { TimeMarks, type TimeMarksProps } from './time-marks.tsx';
import type { TimeMark } from './one-mark.tsx';

const onOpen = vi.fn<(href: string) => void>();
const texts = { now: 'now', many: (count: number) => `${count} events`, none: 'Nothing happened.' };
const mark = (id: string, atMs: number, changes: Partial<TimeMark> = {}): TimeMark => ({ id, atMs, kind: 'revision', tone: 'plain', text: `Revision ${id} was saved.`, href: `/${id}`, ...changes });
const strip = (marks: TimeMark[], more: Partial<TimeMarksProps> = {}) => (
  <TimeMarks
    name="What happened" marks={marks} window={{ fromMs: 0, toMs: 300_000 }} rangeKey="5m" clock={false} slides
    locale="en" texts={texts} onOpen={onOpen} {...more}
  />
);
const saidSoon = (text: string) => waitFor(() => expect(document.body.textContent).toContain(text), { timeout: 15_000 });

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

test('a mark says when and what, also on focus, and a click opens its page', async () => {
  render(strip([mark('7', 150_000)]));
  const link = screen.getByRole('link', { name: /^\d\d:\d\d:\d\d Revision 7 was saved\.$/ });
  expect(link.getAttribute('href')).toBe('/7');
  act(() => link.focus());
  await saidSoon('Revision 7 was saved.');
  fireEvent.click(link);
  expect(onOpen.mock.calls).toEqual([['/7']]);
  fireEvent.click(link, { ctrlKey: true });
  expect(onOpen, 'a new tab is the browser\'s').toHaveBeenCalledOnce();
});

test('one that opens nothing can be focused all the same', () => {
  render(strip([mark('7', 150_000, { href: null })]));
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getByRole('button', { name: /Revision 7 was saved\.$/ })).toBeTruthy();
});

test('many on one place are one, with their count and a list', async () => {
  render(strip([mark('7', 150_000), mark('8', 150_500), mark('9', 290_000)]));
  expect(within(screen.getByRole('list')).getAllByRole('listitem')).toHaveLength(2);
  const many = screen.getByRole('button', { name: /^2 events, / });
  expect(many.textContent).toBe('2');
  fireEvent.click(many);
  const second = await screen.findByRole('menuitem', { name: /Revision 8 was saved/ }, { timeout: 15_000 });
  fireEvent.click(second);
  expect(onOpen.mock.calls).toEqual([['/8']]);
});

test('an open list that another window does away with holds nothing still', async () => {
  const { rerender } = render(strip([mark('7', 150_000), mark('8', 150_500)]));
  fireEvent.click(screen.getByRole('button', { name: /^2 events, / }));
  await screen.findByRole('menuitem', { name: /Revision 8 was saved/ });
  rerender(strip([], { rangeKey: 'piece' }));
  await saidSoon('Nothing happened.');
  rerender(strip([mark('9', 150_000)], { rangeKey: 'piece' }));
  expect(await screen.findByRole('link', { name: /Revision 9 was saved/ })).toBeTruthy();
});

test('what lies outside the window has no mark, and that nothing happened is said', () => {
  render(strip([mark('7', 300_001), mark('8', -1)]));
  expect(within(screen.getByRole('list')).queryAllByRole('listitem')).toEqual([]);
  expect(screen.getByRole('region', { name: 'What happened' }).textContent).toContain('Nothing happened.');
});
