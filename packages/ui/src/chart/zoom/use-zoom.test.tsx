// @vitest-environment happy-dom
// Choosing a piece of a chart: with the pointer, with the keyboard, and not by an unsteady click.
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TimeWindow } from '../axis/time-ticks.ts';
import { TimeChart, type TimeChartProps } from '../time-chart.tsx';
import { momentAt, plotLeftPx, plotRightPx, zoomed } from './plot-area.ts';

const texts = { series: 'Series', last: 'Last', lowest: 'Lowest', highest: 'Highest', now: 'now', paused: (behind: string) => `paused · ${behind} behind` };
const widthPx = plotLeftPx + 1_000 + plotRightPx;

const onZoom = vi.fn<(window: TimeWindow) => void>();
const onDoubleClick = vi.fn<() => void>();
const chart = (more: Partial<TimeChartProps> = {}) => (
  <TimeChart
    name="Bytes" series={[{ id: 'in', label: 'in', points: [{ t: 100_000, value: 1 }] }]} window={{ fromMs: 100_000, toMs: 200_000 }}
    quantity="bytesPerSecond" locale="en" texts={texts} onZoom={onZoom} onDoubleClick={onDoubleClick} {...more}
  />
);
const legend = () => document.querySelector('[data-chart-legend]')?.textContent;
const valued = (value: number) => [{ id: 'in', label: 'in', points: [{ t: 100_000, value }] }];
const plot = () => screen.getByRole('figure');
const at = (plotPx: number) => ({ clientX: plotLeftPx + plotPx, pointerId: 1, isPrimary: true, button: 0 });

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, widthPx, 200));
});
// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.clearAllMocks();
});

test('dragging chooses what lies between, in either direction, also where the pointer ends beside the chart', () => {
  render(chart());
  fireEvent.pointerDown(plot(), at(250));
  fireEvent.pointerMove(document, at(500));
  fireEvent.pointerUp(document, at(500));
  fireEvent.pointerDown(plot(), at(500));
  fireEvent.pointerUp(document, at(-9_000));
  expect(onZoom.mock.calls).toEqual([[{ fromMs: 125_000, toMs: 150_000 }], [{ fromMs: 100_000, toMs: 150_000 }]]);
});

test('a click chooses nothing, nor does another button, a second finger, or a drag that Escape ends', () => {
  render(chart());
  const drags = [[at(250), at(253)], [{ ...at(250), button: 2 }, at(500)], [{ ...at(250), isPrimary: false }, at(500)]] as const;
  for (const [down, up] of drags) {
    fireEvent.pointerDown(plot(), down);
    fireEvent.pointerUp(document, up);
  }
  fireEvent.pointerDown(plot(), at(250));
  fireEvent.pointerMove(document, at(500));
  const shown = fireEvent.keyDown(document.body, { key: 'Escape' });
  fireEvent.pointerUp(document, at(500));
  expect(onZoom).not.toHaveBeenCalled();
  expect(shown, 'Escape is spent on it').toBe(false);
});

test('plus and minus on the focused chart halve and double the window; with a control key they are the browser\'s', () => {
  render(chart());
  fireEvent.keyDown(plot(), { key: '+' });
  fireEvent.keyDown(plot(), { key: '-' });
  fireEvent.keyDown(plot(), { key: '-', ctrlKey: true });
  fireEvent.keyDown(plot(), { key: 'x' });
  expect(onZoom.mock.calls).toEqual([[{ fromMs: 125_000, toMs: 175_000 }], [{ fromMs: 50_000, toMs: 250_000 }]]);
});

test('a double click is told', () => {
  render(chart());
  fireEvent.doubleClick(plot());
  expect(onDoubleClick).toHaveBeenCalledOnce();
});

test('another range is drawn also under the pointer, the same one is not', async () => {
  const { rerender } = render(chart({ rangeKey: 'a' }));
  fireEvent.pointerEnter(plot());
  rerender(chart({ rangeKey: 'a', series: valued(2) }));
  expect(legend()).toBe('in1.00 B/s');
  rerender(chart({ rangeKey: 'b', series: valued(3) }));
  await waitFor(() => expect(legend()).toBe('in3.00 B/s'), { timeout: 15_000 });
});

test('a window that never moves is not paused', () => {
  const onPause = vi.fn<(paused: boolean) => void>();
  render(chart({ slides: false, onPause }));
  fireEvent.pointerEnter(plot());
  expect(onPause).not.toHaveBeenCalled();
  expect(screen.queryByText(/paused/)).toBeNull();
});

test('what was paused goes on where the window under the pointer moves no more', () => {
  const onPause = vi.fn<(paused: boolean) => void>();
  const { rerender } = render(chart({ onPause }));
  fireEvent.pointerEnter(plot());
  rerender(chart({ onPause, slides: false }));
  expect(onPause.mock.calls).toEqual([[true], [false]]);
});

test('what nobody can see is said, and is no value', () => {
  render(chart({ series: [{ id: 'out', label: 'out', points: [{ t: 150_000, value: null }], unseen: 'not seen by the director' }] }));
  expect(legend()).toBe('outnot seen by the director');
  expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(Array.from({ length: 3 }, () => 'not seen by the director'));
});

test('the moment under the cursor stays where it is', () => {
  expect(zoomed({ fromMs: 0, toMs: 1_000 }, 0.5, 200)).toEqual({ fromMs: 100, toMs: 600 });
  expect(momentAt(5, { leftPx: 10, widthPx: 100 }, { fromMs: 7, toMs: 9 })).toBe(7);
});
