'use client';
// After something is forgotten: every list is asked for again, and it is said what was done and what was not.
import { useQueryClient } from '@tanstack/react-query';
import { useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';

export function useForgotten(name: string, onDone: () => void): { onSuccess: () => void } {
  const t = useTranslations('forgetting');
  const queryClient = useQueryClient();
  const toast = useToast();
  return {
    onSuccess: () => {
      onDone();
      void queryClient.invalidateQueries();
      toast({ text: t('done', { name }) });
    },
  };
}
