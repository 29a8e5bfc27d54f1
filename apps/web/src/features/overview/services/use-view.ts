'use client';
// The overview's view in the address of the page: without a request, and without a step back for each key.
import { useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import { viewOf, withView, type View } from './view.ts';

interface Typed {
  readonly view: View;
  readonly address: string;
  /** Whether the router has followed: from then on another address is somebody else's. */
  readonly arrived: boolean;
}

export function useView(): [View, (change: Partial<View>) => void] {
  const address = useSearchParams().toString();
  const told = useMemo(() => viewOf(new URLSearchParams(address)), [address]);
  // The router follows a moment later: what is typed is here at once.
  const [typed, setTyped] = useState<Typed | null>(null);
  if (typed !== null && !typed.arrived && typed.address === address) setTyped({ ...typed, arrived: true });
  const view = typed !== null && (!typed.arrived || typed.address === address) ? typed.view : told;
  const change = (by: Partial<View>) => {
    const next = { ...view, ...by };
    const search = withView(new URLSearchParams(window.location.search), next);
    setTyped({ view: next, address: new URLSearchParams(search).toString(), arrived: false });
    window.history.replaceState(null, '', `${window.location.pathname}${search}`);
  };
  return [view, change];
}
