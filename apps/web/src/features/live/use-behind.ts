'use client';
// How long what is shown stands still already: one figure for all that say it.
import { useNow } from '../time/now.ts';
import { useLiveState } from './live-provider.tsx';

/** Null while it moves. */
export function useBehindMs(): number | null {
  const { pausedSinceMs } = useLiveState();
  const now = useNow();
  return pausedSinceMs === null ? null : Math.max(0, (now ?? pausedSinceMs) - pausedSinceMs);
}
