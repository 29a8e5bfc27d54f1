// Which piece of time charts show; it stands in the address, so that a link shows the same. Pure.
import type { TimeWindow } from '@weir/ui';
import { stepsMax } from '../../../history/series.ts';

const second = 1_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const spansMs = { '5m': 5 * minute, '15m': 15 * minute, '1h': hour, '6h': 6 * hour, '1d': day, '1w': 7 * day, '1y': 365 * day } as const;
export type Span = keyof typeof spansMs;
export const spans: readonly Span[] = ['5m', '15m', '1h', '6h', '1d', '1w', '1y'];
/** Where the address says nothing. */
const usual = '5m';

/** The ones that the live stream fills. */
export type LiveSpan = '5m' | '15m';

/** Up to now, by the second or seldom; or a piece that stands, beside the span that it was cut from. */
export type ChartRange =
  | { readonly kind: 'live'; readonly span: LiveSpan }
  | { readonly kind: 'past'; readonly span: Span }
  | { readonly kind: 'piece'; readonly window: TimeWindow; readonly span: Span };

const shortestMs = 10_000;
const longestMs = 366 * day;

function isSpan(text: string | null): text is Span {
  return text !== null && Object.hasOwn(spansMs, text);
}

function isLive(span: Span): span is LiveSpan {
  return span === '5m' || span === '15m';
}

export function rangeOf(params: Pick<URLSearchParams, 'get'>): ChartRange {
  const text = params.get('range');
  const span = isSpan(text) ? text : usual;
  const window = windowOf(params.get('from'), params.get('to'));
  if (window !== null) return { kind: 'piece', window, span };
  return upToNow(span);
}

function windowOf(from: string | null, to: string | null): TimeWindow | null {
  const [fromMs, toMs] = [from, to].map((text) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN));
  if (fromMs === undefined || toMs === undefined || !(toMs - fromMs >= shortestMs && toMs - fromMs <= longestMs)) return null;
  return { fromMs, toMs };
}

export function upToNow(span: Span): ChartRange {
  return isLive(span) ? { kind: 'live', span } : { kind: 'past', span };
}

/** What Esc and a double click lead back to. */
export function liveAgain({ span }: ChartRange): ChartRange {
  return upToNow(isLive(span) ? span : usual);
}

/** In the address; the usual one is not said. */
export function paramsOf(range: ChartRange): Record<'range' | 'from' | 'to', string | null> {
  const span = range.span === usual ? null : range.span;
  if (range.kind !== 'piece') return { range: span, from: null, to: null };
  return { range: span, from: String(range.window.fromMs), to: String(range.window.toMs) };
}

/** Tells one from another; the same while it slides. */
export function rangeKey(range: ChartRange): string {
  return range.kind === 'piece' ? `${range.window.fromMs}-${range.window.toMs}` : range.span;
}

/** How often a window up to now moves on. */
export function slideMs(span: Span): number {
  return Math.min(10 * minute, Math.max(5_000, spansMs[span] / stepsMax));
}

/** How many steps are asked for: a second is the shortest, also where the window begins or ends within one. */
export function stepsIn({ fromMs, toMs }: TimeWindow, stepMs = second): number {
  return Math.min(stepsMax, Math.ceil(toMs / stepMs) - Math.floor(fromMs / stepMs));
}

/** What is shown at this time, in whole steps of sliding. */
export function shownWindow(range: ChartRange, nowMs: number): TimeWindow {
  if (range.kind === 'piece') return range.window;
  const every = slideMs(range.span);
  const toMs = Math.floor(nowMs / every) * every;
  return { fromMs: toMs - spansMs[range.span], toMs };
}

/** What a director had not told yet comes this much later. */
const arrivingMs = 5 * minute;

/** How often a piece that ended lately is asked for again. A window up to now is another one whenever it slides: that one is asked for then. */
export function againMs(range: ChartRange, nowMs: number): number | false {
  return range.kind === 'piece' && nowMs - range.window.toMs < arrivingMs && 15 * second;
}

/** The piece nearest to this one that can be shown: neither too short nor too long, of the past, and of whole seconds, which is how finely it is known. */
export function cut(range: ChartRange, { fromMs, toMs }: TimeWindow, nowMs: number): ChartRange {
  const spanMs = Math.min(longestMs, Math.max(shortestMs, toMs - fromMs));
  const middle = (fromMs + toMs) / 2;
  const end = Math.round(Math.min(toMs - fromMs === spanMs ? toMs : middle + spanMs / 2, nowMs));
  // What reaches into the future is cut off there, as long as enough is left.
  const begin = Math.max(0, Math.min(Math.round(toMs - fromMs === spanMs ? fromMs : middle - spanMs / 2), end - shortestMs));
  return { kind: 'piece', window: { fromMs: wholeSeconds(begin), toMs: wholeSeconds(Math.max(end, begin + shortestMs)) }, span: range.span };
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / second) * second;
}

/** Half of what is shown, back or forward. Forward ends at now, and there it slides again where as much of it is shown. */
export function moved(range: ChartRange, direction: 'back' | 'forward', nowMs: number): ChartRange {
  if (direction === 'forward' && range.kind !== 'piece') return range;
  const { fromMs, toMs } = shownWindow(range, nowMs);
  const spanMs = toMs - fromMs;
  const by = Math.round(spanMs / 2);
  if (direction === 'back') return cut(range, { fromMs: fromMs - by, toMs: toMs - by }, nowMs);
  // Nearly now is now: time went on while the person looked.
  if (toMs + by < nowMs - spanMs / 20) return cut(range, { fromMs: fromMs + by, toMs: toMs + by }, nowMs);
  return spanMs === spansMs[range.span] ? upToNow(range.span) : cut(range, { fromMs: nowMs - spanMs, toMs: nowMs }, nowMs);
}

/** Shorter by half or twice as long, around its middle. */
export function nearer(range: ChartRange, factor: 0.5 | 2, nowMs: number): ChartRange {
  const { fromMs, toMs } = shownWindow(range, nowMs);
  const [middle, half] = [(fromMs + toMs) / 2, ((toMs - fromMs) * factor) / 2];
  return cut(range, { fromMs: Math.round(middle - half), toMs: Math.round(middle + half) }, nowMs);
}
