'use client';
// How the panel's links to the directors stand, asked for while a drawing is looked at.
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { LinkView } from '../../../server/gateway/director-view.ts';
import { useTRPC } from '../../../trpc/client.ts';

const refreshMs = 5_000;

export function useLinks(): (directorId: string) => LinkView | null {
  const directors = useQuery(useTRPC().directors.list.queryOptions(undefined, { refetchInterval: refreshMs })).data;
  return useCallback((id) => directors?.find((director) => director.id === id)?.link ?? null, [directors]);
}
