'use client';
// Before its end: the difference counts again.
import { useMutation } from '@tanstack/react-query';
import { Button } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { useRefreshDrift } from './use-refresh-drift.ts';

export interface EndIgnoringProps {
  /** In whose name it is ignored. */
  clusterId: string;
  /** Whose the difference is; null: of no cluster alone. */
  ofCluster: string | null;
  id: string;
}

export function EndIgnoring({ clusterId, ofCluster, id }: EndIgnoringProps) {
  const t = useTranslations('drift');
  const refresh = useRefreshDrift();
  const end = useMutation(useTRPC().drift.endIgnoring.mutationOptions({ onSettled: refresh }));
  return (
    <NeedsRole needs="operator" clusterId={ofCluster ?? undefined} silent>
      <Button className="h-7" busy={end.isPending} onClick={() => end.mutate({ clusterId, id })}>{t('endIgnoring')}</Button>
      {end.error !== null && <Failure what={t('endFailed')} error={end.error} />}
    </NeedsRole>
  );
}
