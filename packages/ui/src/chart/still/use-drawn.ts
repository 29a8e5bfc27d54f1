// What is drawn of what comes: held while a person looks closely.
import { useEffect, useState, type RefObject } from 'react';
import { inFrame } from './frames.ts';

export interface Drawing {
  /** What of the past is shown: another one is drawn also while held. */
  key: string;
  held: boolean;
}

/** The value as of the last frame in which it might be drawn. */
export function useDrawn<T>(value: T, { key, held }: Drawing): T {
  const [owner] = useState(() => ({}));
  const [drawn, setDrawn] = useState({ value, key });
  useEffect(() => {
    if (drawn.value === value || (held && drawn.key === key)) return undefined;
    return inFrame(owner, () => setDrawn({ value, key }));
  }, [owner, drawn, value, key, held]);
  return drawn.value;
}

/** True until it is known not to be. */
export function useOnScreen(of: RefObject<Element | null>): boolean {
  const [onScreen, setOnScreen] = useState(true);
  useEffect(() => {
    if (of.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => {
      const newest = entries.at(-1);
      if (newest) setOnScreen(newest.isIntersecting);
    });
    observer.observe(of.current);
    return () => observer.disconnect();
  }, [of]);
  return onScreen;
}
