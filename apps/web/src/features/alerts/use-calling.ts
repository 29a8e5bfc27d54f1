'use client';
// How many alerts call for somebody; undefined: not known yet.
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.ts';

const refreshMs = 5_000;

export function useCalling(): number | undefined {
  return useQuery(useTRPC().alerts.calling.queryOptions(undefined, { refetchInterval: refreshMs })).data;
}
