'use client';
// Which part of the drawing is in sight: it changes only when what is rendered no longer covers what is looked at.
import type { Viewport } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { contains, widened } from '../layout/in-view.ts';
import type { Rect } from '../layout/occupied.ts';

const atFirst: Rect = { x: -200, y: -200, width: 2_400, height: 1_800 };

/** Rendered around what is looked at, and when that is renewed: in small steps, so that no single frame has much to do, and ahead of where one gets to. */
const around = 0.4;
const ahead = 0.12;
/** Far beyond what is looked at: after zooming in, that is given up. */
const tooLarge = 8;

export interface Sight {
  readonly rendered: Rect;
  readonly onMove: (event: unknown, viewport: Viewport) => void;
}

export function useSight(element: RefObject<HTMLElement | null>): Sight {
  const [rendered, setRendered] = useState(atFirst);
  const viewport = useRef<Viewport>({ x: 0, y: 0, zoom: 1 });
  const look = useCallback(() => {
    const { clientWidth = 0, clientHeight = 0 } = element.current ?? {};
    const { x, y, zoom } = viewport.current;
    if (clientWidth === 0) return;
    const view = { x: -x / zoom, y: -y / zoom, width: clientWidth / zoom, height: clientHeight / zoom };
    setRendered((before) => (contains(before, widened(view, ahead)) && before.width * before.height < tooLarge * view.width * view.height ? before : widened(view, around)));
  }, [element]);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, look]);
  return { rendered, onMove: useCallback((_event: unknown, next: Viewport) => {
    viewport.current = next;
    look();
  }, [look]) };
}
