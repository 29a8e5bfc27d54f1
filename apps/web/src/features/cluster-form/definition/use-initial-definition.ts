'use client';
// What the form of a new cluster begins with: the only director there is, or none yet.
import type { ClusterDefinition } from '@weir/model';
import { useState } from 'react';
import type { KnownDirector } from './findings.ts';
import { newDefinition } from './form-values.ts';

export interface InitialDefinition {
  /** What is no draft yet: the form as it is when nothing was typed. */
  readonly initial: ClusterDefinition;
  /** What somebody brought along from elsewhere: a draft from the first moment. Null: nothing. */
  readonly brought: ClusterDefinition | null;
}

export function useInitialDefinition(directors: readonly KnownDirector[]): InitialDefinition {
  const [initial] = useState(() => newDefinition(directors.length === 1 ? (directors[0]?.id ?? null) : null));
  return { initial, brought: null };
}
