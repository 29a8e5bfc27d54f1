'use client';
// The time up to which charts show.
import { useSyncExternalStore } from 'react';
import { useLiveState } from '../../live/live-provider.tsx';
import { useNow } from '../../time/now.ts';

/** Stands still while the page is paused or nobody sees it. */
export function useShownNow(): number | null {
  const now = useNow();
  const { pausedSinceMs } = useLiveState();
  const hiddenSinceMs = useSyncExternalStore(onVisibility, hiddenSince, () => null);
  return pausedSinceMs ?? hiddenSinceMs ?? now;
}

let hiddenAtMs: number | null = null;

function hiddenSince(): number | null {
  if (document.visibilityState === 'visible') hiddenAtMs = null;
  else hiddenAtMs ??= Date.now();
  return hiddenAtMs;
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
