'use client';
// Which clusters an operator may change; it ends the person's sessions.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Dialog } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';
import { Loaded } from '../states/loaded.tsx';
import type { ListedPerson } from './people-table.tsx';
import { usePeopleChange } from './use-people-change.ts';

export function LimitClusters({ person, onClose }: { person: ListedPerson; onClose: () => void }) {
  const t = useTranslations('people');
  const trpc = useTRPC();
  const [clusterIds, setClusterIds] = useState(person.clusterIds);
  const clusters = useQuery(trpc.clusters.list.queryOptions());
  const after = usePeopleChange(onClose);
  const limit = useMutation(trpc.people.setClusters.mutationOptions(after(t('clustersChanged', { name: person.name }))));
  const choose = (id: string, chosen: boolean) => setClusterIds([...(clusterIds ?? []).filter((other) => other !== id), ...(chosen ? [id] : [])]);
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
      <Checkbox label={t('allClusters')} hint={t('allClustersHint')} checked={clusterIds === null} onChange={(event) => setClusterIds(event.target.checked ? null : [])} />
      {clusterIds !== null && (
        <Loaded query={clusters} failed={t('clustersLoadFailed')} rows={4}>
          {(known) => (
            <fieldset className="mt-3 flex max-h-64 flex-col gap-1.5 overflow-y-auto">
              <legend className="mb-1 text-sm text-muted">{t('onlyClusters')}</legend>
              {known.map(({ id, name }) => <Checkbox key={id} label={name} checked={clusterIds.includes(id)} onChange={(event) => choose(id, event.target.checked)} />)}
              {clusterIds.length === 0 && <p className="text-warn">{t('noClusters')}</p>}
            </fieldset>
          )}
        </Loaded>
      )}
    </Dialog>
  );
}
