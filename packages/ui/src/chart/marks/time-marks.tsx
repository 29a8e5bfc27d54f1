// What happened in the window that charts show: one strip for all of them, on the axis that they have.
'use client';
import { memo, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTimeAxis } from '../axis/time-axis.ts';
import type { TimeWindow } from '../axis/time-ticks.ts';
import { useDrawn } from '../still/use-drawn.ts';
import { usePointedAt } from '../still/use-pointed-at.ts';
import { plotLeftPx, plotRightPx } from '../zoom/plot-area.ts';
import { groupMarks } from './group-marks.ts';
import { ManyMarks } from './many-marks.tsx';
import { OneMark, type OnOpen, type TimeMark } from './one-mark.tsx';

export interface TimeMarksTexts {
  now: string;
  /** "3 events". */
  many: (count: number) => string;
  none: string;
}

export interface TimeMarksProps {
  name: string;
  marks: readonly TimeMark[];
  window: TimeWindow;
  rangeKey: string;
  clock: boolean;
  slides: boolean;
  locale: string;
  texts: TimeMarksTexts;
  paused?: boolean | undefined;
  onPause?: ((paused: boolean) => void) | undefined;
  onOpen: OnOpen;
}

// What a finger hits.
const markPx = 24;
// A time of day with seconds, and air.
const tickPx = 72;

export const TimeMarks = memo(function TimeMarks(props: TimeMarksProps) {
  const { name, locale, texts, slides, onOpen } = props;
  const { pointed, handlers } = usePointedAt(props.onPause, slides);
  const [listOpen, setListOpen] = useState(false);
  const held = listOpen || (slides && (pointed || (props.paused ?? false)));
  const coming = useMemo(() => ({ marks: props.marks, window: props.window, clock: props.clock }), [props.marks, props.window, props.clock]);
  const { marks, window, clock } = useDrawn(coming, { key: props.rangeKey, held });
  const lane = useRef<HTMLOListElement>(null);
  const widthPx = useWidth(lane);
  const { ticks, tickText, momentText } = useTimeAxis(window, clock, locale, texts.now, Math.max(2, Math.floor(widthPx / tickPx)));
  const part = (t: number) => (t - window.fromMs) / (window.toMs - window.fromMs);
  const shown = marks.filter(({ atMs }) => atMs >= window.fromMs && atMs <= window.toMs);
  const placed = groupMarks(shown, (atMs) => part(atMs) * widthPx, markPx);
  const label = (group: readonly TimeMark[]) => `${texts.many(group.length)}, ${[group[0], group.at(-1)].map((mark) => momentText(mark?.atMs ?? 0)).join(' – ')}`;
  return (
    <section aria-label={name} className="relative rounded-md border border-line bg-panel py-1" style={{ paddingLeft: plotLeftPx, paddingRight: plotRightPx }} {...handlers}>
      {shown.length === 0 && <p className="absolute inset-x-0 top-1.5 text-center text-sm text-muted">{texts.none}</p>}
      <ol ref={lane} className="relative h-6">
        {placed.map(({ marks: group, xPx }) => {
          const [first] = group;
          return first && (
            <li key={first.id} className="absolute top-0 -translate-x-1/2" style={{ left: xPx }}>
              {group.length === 1
                ? <OneMark mark={first} momentText={momentText} onOpen={onOpen} />
                : <ManyMarks marks={group} label={label(group)} momentText={momentText} onOpen={onOpen} onListOpen={setListOpen} />}
            </li>
          );
        })}
      </ol>
      <div className="relative h-4 border-t border-line font-mono text-xs text-muted" aria-hidden="true">
        {ticks.map((t) => <span key={t} className="absolute -translate-x-1/2 whitespace-nowrap" style={{ left: `${100 * part(t)}%` }}>{tickText(t)}</span>)}
      </div>
    </section>
  );
});

// Until it is measured.
const usualPx = 800;

function useWidth(of: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(usualPx);
  useEffect(() => {
    if (of.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidthPx(entry?.contentRect.width ?? usualPx));
    observer.observe(of.current);
    return () => observer.disconnect();
  }, [of]);
  return widthPx;
}
