'use client';
// What the form of a new cluster begins with: the only director there is, or none yet.
import type { ClusterDefinition } from '@weir/model';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { broughtAlong, forgetBrought } from '../../import/handover.ts';
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
  const from = useSearchParams().get('from');
  const [brought] = useState(() => broughtAlong(from));
  // From here on it is a draft: who comes back gets that.
  useEffect(() => forgetBrought(from), [from]);
  return { initial, brought };
}
