// The range of charts: in the address and back, and what leads from one to another.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { againMs, cut, liveAgain, moved, nearer, paramsOf, rangeKey, rangeOf, shownWindow, spans, stepsIn, spansMs, upToNow, type ChartRange } from './range.ts';

const now = Date.UTC(2026, 10, 23, 12);
const live: ChartRange = { kind: 'live', span: '5m' };
const piece = (fromMs: number, toMs: number, span: ChartRange['span'] = '5m'): ChartRange => ({ kind: 'piece', window: { fromMs, toMs }, span });
const addressed = (text: string) => rangeOf(new URLSearchParams(text));

test.each<[string, ChartRange]>([
  ['', live],
  ['range=15m', { kind: 'live', span: '15m' }],
  ['range=1w', { kind: 'past', span: '1w' }],
  ['range=300', live],
  ['range=toString', live],
  ['range=1d&from=1000&to=61000', piece(1_000, 61_000, '1d')],
  ['from=1000', live],
  ['from=61000&to=1000', live],
  ['from=1000&to=1001', live],
  ['from=0&to=999999999999999', live],
  ['from=-5&to=1e9', live],
])('the address "%s" is understood, and what makes no sense is left out', (text, range) => {
  expect(addressed(text)).toEqual(range);
});

test('each range comes back from its address', () => {
  for (const range of [...spans.map(upToNow), piece(now - 60_000, now, '1h')]) {
    const params = Object.entries(paramsOf(range)).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
    expect(rangeOf(new URLSearchParams(params))).toEqual(range);
  }
  expect(paramsOf(live)).toEqual({ range: null, from: null, to: null });
  expect(new Set([live, upToNow('1h'), piece(0, 10_000)].map(rangeKey)).size).toBe(3);
});

test('back is half of what is shown, and forward from there is live again', () => {
  const back = moved(live, 'back', now);
  expect(back).toEqual(piece(now - 450_000, now - 150_000));
  expect(moved(back, 'forward', now)).toEqual(live);
  expect(moved(moved(back, 'back', now), 'forward', now)).toEqual(back);
  expect(moved(live, 'forward', now)).toEqual(live);
  expect(moved(piece(now - 90_000, now - 20_000), 'forward', now)).toEqual(piece(now - 70_000, now));
});

test('of a day, forward from half a day ago is the day up to now', () => {
  expect(moved(moved(upToNow('1d'), 'back', now), 'forward', now + 1_000)).toEqual(upToNow('1d'));
});

test('only a piece that ended lately is asked for again: what slides is another one each time', () => {
  expect([live, upToNow('1h'), upToNow('1y')].map((range) => againMs(range, now))).toEqual([false, false, false]);
  expect([piece(now - 60_000, now), piece(now - 900_000, now - 299_000), piece(now - 900_000, now - 300_000)].map((range) => againMs(range, now))).toEqual([15_000, 15_000, false]);
});

test('a piece is of whole seconds, so that each second of it is a step', () => {
  const range = cut(live, { fromMs: now - 60_123, toMs: now - 7 }, now);
  expect(range).toEqual(piece(now - 61_000, now - 1_000));
  expect(cut(live, { fromMs: now - 10_900, toMs: now - 900 }, now)).toEqual(piece(now - 11_000, now - 1_000));
  expect(stepsIn({ fromMs: now - 61_000, toMs: now - 1_000 })).toBe(60);
  expect(stepsIn({ fromMs: now - 60_123, toMs: now - 7 }), 'from an address that was typed').toBe(61);
  expect(stepsIn({ fromMs: 0, toMs: now })).toBe(300);
  expect(stepsIn({ fromMs: now - 900_000, toMs: now - 300_000 }, 3_000), 'as finely as it is drawn').toBe(200);
});

test('nearer keeps the middle; farther does not reach into the future', () => {
  expect(nearer(piece(now - 100_000, now - 60_000), 0.5, now)).toEqual(piece(now - 90_000, now - 70_000));
  expect(nearer(live, 2, now)).toEqual(piece(now - 450_000, now));
});

test('Esc leads to what is live, in the span that was chosen where that is', () => {
  expect(liveAgain(piece(0, 60_000, '15m'))).toEqual({ kind: 'live', span: '15m' });
  expect(liveAgain(upToNow('1y'))).toEqual(live);
});

test('whatever is asked for, a piece can be shown and is understood again', () => {
  const ms = fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 });
  fc.assert(fc.property(ms, ms, (a, b) => {
    const range = cut(live, { fromMs: now + Math.min(a, b), toMs: now + Math.max(a, b) }, now);
    const { from, to } = paramsOf(range);
    expect(addressed(`from=${from}&to=${to}`)).toEqual(range);
  }));
});

test('a window up to now slides in steps, and is as long as it is called', () => {
  for (const span of spans) {
    const window = shownWindow(upToNow(span), now + 1_234);
    expect(window.toMs - window.fromMs).toBe(spansMs[span]);
    expect(window.toMs).toBeLessThanOrEqual(now + 1_234);
    expect(shownWindow(upToNow(span), now + 1_235)).toEqual(window);
  }
});
