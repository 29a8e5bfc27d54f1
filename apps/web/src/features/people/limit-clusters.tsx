'use client';
// Which clusters an operator may change; it ends the person's sessions.
import { useMutation } from '@tanstack/react-query';
import { Button, Dialog } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';
import { ChooseClusters } from './choose-clusters.tsx';
import type { ListedPerson } from './people-table.tsx';
import { usePeopleChange } from './use-people-change.ts';

export function LimitClusters({ person, onClose }: { person: ListedPerson; onClose: () => void }) {
  const t = useTranslations('people');
  const [clusterIds, setClusterIds] = useState(person.clusterIds);
  const after = usePeopleChange(onClose);
  const limit = useMutation(useTRPC().people.setClusters.mutationOptions(after(t('clustersChanged', { name: person.name }))));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('taskFor.clusters', { name: person.name })}
      description={t('endsSessions')}
      closeLabel={t('close')}
      footer={<Button variant="primary" busy={limit.isPending} onClick={() => limit.mutate({ id: person.id, clusterIds })}>{t('setClusters')}</Button>}
    >
      {limit.error !== null && <Failure what={t('clustersFailed')} error={limit.error} className="mb-3" />}
      <ChooseClusters value={clusterIds} onChange={setClusterIds} />
    </Dialog>
  );
}
