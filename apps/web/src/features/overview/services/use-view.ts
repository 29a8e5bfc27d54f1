'use client';
// The overview's view in the address of the page: without a request, and without a step back for each key.
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { viewOf, withView, type View } from './view.ts';

export function useView(): [View, (change: Partial<View>) => void] {
  const params = useSearchParams();
  // The router follows a moment later: what is typed is here at once.
  const [view, setView] = useState(() => viewOf(params));
  const change = (by: Partial<View>) => {
    const next = { ...view, ...by };
    setView(next);
    window.history.replaceState(null, '', `${window.location.pathname}${withView(new URLSearchParams(window.location.search), next)}`);
  };
  return [view, change];
}
