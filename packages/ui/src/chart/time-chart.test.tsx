// @vitest-environment happy-dom
// A live chart: what its legend says, what stands still, what is read out.
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { TimeChart, type TimeChartProps } from './time-chart.tsx';

const texts = { series: 'Series', last: 'Last', lowest: 'Lowest', highest: 'Highest', now: 'now', paused: (behind: string) => `paused · ${behind} behind` };

const samples = (...values: (number | null)[]) => values.map((value, index) => ({ t: index * 1000, value }));

const chart = (toMs: number, more: Partial<TimeChartProps> = {}) => (
  <TimeChart
    name="Throughput"
    series={[{ id: 'in', label: 'in', points: samples(1e6, 3e6, 2e6, 4e6) }, { id: 'out', label: 'out', points: samples(1e6, null, null, null), dashed: true }]}
    window={{ fromMs: 0, toMs }}
    quantity="bitsPerSecond"
    locale="en"
    texts={texts}
    {...more}
  />
);

const legend = () => document.querySelector('[data-chart-legend]')?.textContent;
const plot = () => screen.getByRole('figure');
const plotted = () => plot().querySelector('svg.recharts-surface')?.outerHTML;
const read = () => [...within(screen.getByRole('table', { name: 'Throughput' })).getAllByRole('row')[1]?.children ?? []].map((cell) => cell.textContent);

/** What is drawn waits for a frame. */
const soon = (condition: () => void) => waitFor(condition, { timeout: 15_000 });

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

test('the legend gives the last value, a dash for the unknown', () => {
  render(chart(3000));
  expect(legend()).toBe('in4.00 Mb/sout—');
});

test('each value has the unit that fits it, however far the lines are apart', () => {
  render(chart(0, { series: [{ id: 'in', label: 'in', points: samples(1_200) }, { id: 'out', label: 'out', points: samples(48e6), dashed: true }] }));
  expect(legend()).toBe('in1.20 kb/sout48.0 Mb/s');
});

test('a table says what the lines show', () => {
  render(chart(3000));
  const rows = within(screen.getByRole('table', { name: 'Throughput' })).getAllByRole('row');
  expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
    ['Series', 'Last', 'Lowest', 'Highest'],
    ['in', '4.00 Mb/s', '1.00 Mb/s', '4.00 Mb/s'],
    ['out', '—', '1.00 Mb/s', '1.00 Mb/s'],
  ]);
});

test('the pointer stands it still and says how far behind it is', async () => {
  const paused = vi.fn<(paused: boolean) => void>();
  const { rerender } = render(chart(2000, { onPause: paused }));
  expect(legend()).toContain('in2.00 Mb/s');
  fireEvent.pointerEnter(plot());
  rerender(chart(3000, { onPause: paused }));
  expect(legend()).toContain('in2.00 Mb/s');
  expect(screen.getByText('paused · 1 s behind')).toBeTruthy();
  fireEvent.pointerLeave(plot());
  await soon(() => expect(legend()).toContain('in4.00 Mb/s'));
  expect(paused.mock.calls).toEqual([[true], [false]]);
});

test('a chart of the group that is not pointed at stands still with it', async () => {
  const { rerender } = render(chart(2000, { paused: true }));
  rerender(chart(3000, { paused: true }));
  expect(legend()).toContain('in2.00 Mb/s');
  rerender(chart(3000, { paused: false }));
  await soon(() => expect(legend()).toContain('in4.00 Mb/s'));
});

test('a chart that goes away while pointed at lets the others go on', () => {
  const paused = vi.fn<(paused: boolean) => void>();
  const { unmount } = render(chart(2000, { onPause: paused }));
  fireEvent.pointerEnter(plot());
  unmount();
  expect(paused).toHaveBeenLastCalledWith(false);
});

test('without values it says why', () => {
  render(chart(3000, { series: [], empty: <p>No cluster applied</p> }));
  expect(screen.getByText('No cluster applied')).toBeTruthy();
});

const line = (id: string, unseen?: string) => ({ id, label: id, points: samples(1e6), unseen });

test('what is seen of one line alone is said in the legend; where nothing is seen of any, in the plot', () => {
  const { rerender } = render(chart(3000, { series: [line('in'), line('out', 'not seen')], empty: <p>nobody sees it</p> }));
  expect(legend()).toBe('in1.00 Mb/soutnot seen');
  rerender(chart(3000, { series: [line('in', 'not seen'), line('out', 'not seen')], empty: <p>nobody sees it</p>, rangeKey: 'other' }));
  return soon(() => expect(legend()).toBe('inout'));
});

test('out of sight nothing is drawn, and what is read out is as new as in sight', async () => {
  const observers: ((isIntersecting: boolean) => void)[] = [];
  const seen = (isIntersecting: boolean) => act(() => observers.forEach((each) => each(isIntersecting)));
  vi.stubGlobal('IntersectionObserver', class {
    readonly #tell: (entries: { isIntersecting: boolean }[]) => void;
    constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
      this.#tell = tell;
    }

    observe(): void {
      observers.push((isIntersecting) => this.#tell([{ isIntersecting }]));
    }

    readonly disconnect = vi.fn<() => void>();
  });
  const { rerender } = render(chart(1000, { clock: true }));
  seen(false);
  const drawn = plotted();
  rerender(chart(3000, { clock: true, rangeKey: 'longer' }));
  await soon(() => expect(read()).toEqual(['in', '4.00 Mb/s', '1.00 Mb/s', '4.00 Mb/s']));
  expect(legend()).toBe('in4.00 Mb/sout—');
  expect(plotted()).toBe(drawn);
  seen(true);
  await soon(() => expect(plotted()).not.toBe(drawn));
  vi.unstubAllGlobals();
});
