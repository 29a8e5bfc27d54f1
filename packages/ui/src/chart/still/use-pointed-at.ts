// Whether a person looks at a chart closely.
import { useEffect, useEffectEvent, useMemo, useState, type FocusEvent } from 'react';

export interface PointedAt {
  pointed: boolean;
  handlers: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent<HTMLElement>) => void;
    onBlur: () => void;
  };
}

/** Whether the pointer or the keyboard's focus is here; each change is reported while that matters, also when this goes away. */
export function usePointedAt(onChange: ((pointed: boolean) => void) | undefined, matters: boolean): PointedAt {
  const [pointer, setPointer] = useState(false);
  const [focused, setFocused] = useState<Element | null>(null);
  // What went away while it had the focus was never blurred.
  const pointed = pointer || focused?.isConnected === true;
  const report = useEffectEvent((value: boolean) => onChange?.(value));
  useEffect(() => {
    if (!pointed || !matters) return undefined;
    report(true);
    return () => report(false);
  }, [pointed, matters]);
  const handlers = useMemo(
    () => ({
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      // A click focuses too, but it must not hold the picture after the pointer has left.
      onFocus: ({ target }: FocusEvent<HTMLElement>) => setFocused(target.matches(':focus-visible') ? target : null),
      onBlur: () => setFocused(null),
    }),
    [],
  );
  return { pointed, handlers };
}
