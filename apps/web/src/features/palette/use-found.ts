'use client';
// What the panel finds for what is typed, a moment after it is typed; what was found before stays until then.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Found, FoundKind } from '../../search/found.ts';
import { useTRPC } from '../../trpc/client.ts';

const pauseMs = 120;
const foundMax = 20;

export interface Finding {
  readonly found: readonly Found[];
  /** How many besides. */
  readonly more: number;
  readonly state: 'idle' | 'looking' | 'there' | 'failed';
}

const nothing: Finding = { found: [], more: 0, state: 'idle' };

export function useFound(text: string, kinds: readonly FoundKind[]): Finding {
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery(useTRPC().search.find.queryOptions(
    { text: asked, kinds: [...kinds], limit: foundMax }, { enabled: asked !== '', placeholderData: keepPreviousData },
  ));
  if (text === '') return nothing;
  if (query.isError) return { found: [], more: 0, state: 'failed' };
  const there = asked === text && query.data !== undefined && !query.isPlaceholderData;
  return { found: query.data?.found ?? [], more: query.data?.more ?? 0, state: there ? 'there' : 'looking' };
}
