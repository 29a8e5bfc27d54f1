'use client';
// New events come by themselves, but nothing moves under a pointer: while somebody points at the list, works in it or has paused what moves, it stands still.
import { useState, type FocusEvent } from 'react';
import type { PanelEvent } from '../../events/event.ts';
import { useLiveState } from '../live/live-provider.tsx';

export interface HeldEvents {
  readonly shown: readonly PanelEvent[];
  /** How many came since it stands still. */
  readonly waiting: number;
  readonly show: () => void;
  /** For the element that holds the list. */
  readonly region: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
}

export function useHeldEvents(events: readonly PanelEvent[]): HeldEvents {
  const paused = useLiveState().pausedSinceMs !== null;
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [kept, setKept] = useState(events);
  const held = paused || pointed || focused;
  if (!held && kept !== events) setKept(events);
  const shown = held ? kept : events;
  const show = (): void => {
    setKept(events);
    // The button that asked for it goes away, and no blur says so.
    setFocused(false);
  };
  return {
    shown, waiting: newerThan(events, shown), show,
    region: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: ({ currentTarget, relatedTarget }) => setFocused(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)),
    },
  };
}

function newerThan(events: readonly PanelEvent[], shown: readonly PanelEvent[]): number {
  const known = new Set(shown.map(({ id }) => id));
  return events.filter(({ id }) => !known.has(id)).length;
}
