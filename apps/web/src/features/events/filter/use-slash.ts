'use client';
// The key / goes to the text that a page is filtered by.
import { useEffect, useEffectEvent } from 'react';
import { isTaken, singleKeysAct } from '../../shell/single-keys.ts';

export function useSlash(focus: () => void): void {
  const keyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== '/' || !singleKeysAct() || isTaken(event)) return;
    event.preventDefault();
    focus();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => keyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
