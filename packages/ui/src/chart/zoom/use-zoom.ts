// Choosing a piece of a chart: by dragging over it, or with + and - around the keyboard's cursor.
'use client';
import { useEffect, useEffectEvent, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { TimeWindow } from '../axis/time-ticks.ts';
import { momentAt, plotSpan, zoomed } from './plot-area.ts';

/** Less is a click of an unsteady hand. */
const leastPx = 6;

interface Drag { readonly pointerId: number; readonly fromPx: number; readonly toPx: number; readonly element: HTMLElement }

export interface ZoomAsk {
  /** A piece was chosen: by dragging, or by + and - on the keyboard. */
  onZoom?: ((window: TimeWindow) => void) | undefined;
  onDoubleClick?: (() => void) | undefined;
}

export interface Zoom {
  /** What is being chosen. */
  selection: TimeWindow | null;
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    onDoubleClick: (() => void) | undefined;
  };
}

export function useZoom(window: TimeWindow, cursorMs: number | null, { onZoom, onDoubleClick }: ZoomAsk): Zoom {
  const [drag, setDrag] = useState<Drag | null>(null);
  useDragging(drag, setDrag, (chosen) => onZoom?.(windowOf(chosen, window)));
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (!onZoom || event.button !== 0 || !event.isPrimary) return;
    setDrag({ pointerId: event.pointerId, fromPx: event.clientX, toPx: event.clientX, element: event.currentTarget });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const factor = onZoom && !event.ctrlKey && !event.metaKey && !event.altKey ? factorOf(event.key) : null;
    if (factor === null) return;
    event.preventDefault();
    onZoom?.(zoomed(window, factor, cursorMs ?? (window.fromMs + window.toMs) / 2));
  };
  return { selection: drag && isChosen(drag) ? windowOf(drag, window) : null, handlers: { onPointerDown, onKeyDown, onDoubleClick } };
}

function factorOf(key: string): number | null {
  if (key === '+' || key === '=') return 0.5;
  return key === '-' || key === '_' ? 2 : null;
}

function isChosen({ fromPx, toPx }: Drag): boolean {
  return Math.abs(toPx - fromPx) >= leastPx;
}

function windowOf({ fromPx, toPx, element }: Drag, window: TimeWindow): TimeWindow {
  const span = plotSpan(element.getBoundingClientRect());
  return { fromMs: momentAt(Math.min(fromPx, toPx), span, window), toMs: momentAt(Math.max(fromPx, toPx), span, window) };
}

/** The pointer may leave the chart meanwhile. */
function useDragging(drag: Drag | null, setDrag: (drag: Drag | null) => void, onChosen: (drag: Drag) => void): void {
  const move = useEffectEvent((event: globalThis.PointerEvent) => {
    if (drag?.pointerId === event.pointerId) setDrag({ ...drag, toPx: event.clientX });
  });
  const end = useEffectEvent((event: globalThis.PointerEvent) => {
    if (drag?.pointerId !== event.pointerId) return;
    setDrag(null);
    const whole = { ...drag, toPx: event.clientX };
    if (event.type === 'pointerup' && isChosen(whole)) onChosen(whole);
  });
  const key = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    setDrag(null);
  });
  const dragging = drag !== null;
  useEffect(() => {
    if (!dragging) return undefined;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    document.addEventListener('pointermove', (event) => move(event), options);
    document.addEventListener('pointerup', (event) => end(event), options);
    document.addEventListener('pointercancel', (event) => end(event), options);
    // Before the page's own: Esc ends the choosing first.
    document.addEventListener('keydown', (event) => key(event), { ...options, capture: true });
    return () => listening.abort();
  }, [dragging]);
}
