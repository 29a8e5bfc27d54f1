'use client';
// After a change of people: the list is asked for again, what was done is said.
import { useQueryClient } from '@tanstack/react-query';
import { useToast } from '@weir/ui';
import { useTRPC } from '../../trpc/client.ts';

export function usePeopleChange(onClose: () => void): (text: string) => { onSuccess: () => void } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return (text) => ({
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.people.pathFilter());
      toast({ text });
      onClose();
    },
  });
}
