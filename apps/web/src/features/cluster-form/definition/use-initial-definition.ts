'use client';
// What the form of a new cluster begins with: the only director there is, or none yet.
import type { ClusterDefinition } from '@weir/model';
import { useState } from 'react';
import type { KnownDirector } from './findings.ts';
import { newDefinition } from './form-values.ts';

export function useInitialDefinition(directors: readonly KnownDirector[]): ClusterDefinition {
  const [initial] = useState(() => newDefinition(directors.length === 1 ? (directors[0]?.id ?? null) : null));
  return initial;
}
