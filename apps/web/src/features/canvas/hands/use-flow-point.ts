'use client';
// Where on the drawing a pointer is.
import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import type { Place } from '../layout/place.ts';

interface Pointed {
  readonly clientX: number;
  readonly clientY: number;
}

/** Of a touch, where the finger was last. */
type PointerLike = Pointed | { readonly changedTouches: { readonly [index: number]: Pointed | undefined } };

export function useFlowPoint(): (event: PointerLike) => Place {
  const { screenToFlowPosition } = useReactFlow();
  return useCallback((event) => {
    const { clientX: x, clientY: y } = 'clientX' in event ? event : event.changedTouches[0] ?? { clientX: 0, clientY: 0 };
    return screenToFlowPosition({ x, y });
  }, [screenToFlowPosition]);
}
