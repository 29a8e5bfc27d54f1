'use client';
// Whatever shows or counts drift is asked for again.
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.ts';

export function useRefreshDrift(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(trpc.drift.pathFilter());
    void queryClient.invalidateQueries(trpc.directors.pathFilter());
  };
}
