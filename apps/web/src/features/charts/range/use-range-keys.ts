'use client';
// [ and ] move back and forward in time, Esc leads back to what is live.
import { useEffect, useEffectEvent } from 'react';
import { isTaken, singleKeysAct } from '../../shell/single-keys.ts';
import type { RangeChoice } from './use-range.ts';

export function useRangeKeys({ range, move, live }: RangeChoice): void {
  const keyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isTaken(event)) return;
    if (event.key === 'Escape' && range.kind === 'piece') live();
    else if (event.key === '[' && singleKeysAct()) move('back');
    else if (event.key === ']' && singleKeysAct()) move('forward');
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => keyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
