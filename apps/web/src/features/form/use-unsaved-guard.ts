'use client';
// Asks before the browser leaves a page with something typed on it.
import { useCallback, useEffect, useRef } from 'react';

/** Gives what to call once it is saved. */
export function useUnsavedGuard(dirty: boolean): () => void {
  const saved = useRef(false);
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => {
      if (!saved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  return useCallback(() => {
    saved.current = true;
  }, []);
}
