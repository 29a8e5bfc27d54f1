'use client';
// Another revision of a cluster. Who saved meanwhile is named, and nothing is overwritten without a word.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { isFault } from '../../trpc/fault.ts';
import { StandingNotice } from '../revisions/standing-notice.tsx';
import { NeedsRole } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { ClusterFormPage } from './cluster-form.tsx';
import type { KnownDirector } from './definition/findings.ts';
import type { ClusterForm } from './definition/form-values.ts';
import { StaleSave } from './stale-save.tsx';

export function EditCluster({ clusterId }: { clusterId: string }) {
  const t = useTranslations('clusterForm');
  const trpc = useTRPC();
  const directors = useQuery(trpc.directors.list.queryOptions(undefined, { refetchOnWindowFocus: false }));
  // Asked for once: an answer that comes later must not replace what is being typed.
  const cluster = useQuery(trpc.clusters.get.queryOptions({ clusterId }, { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false }));
  return (
    <Page>
      <PageHead
        title={t('editTitle', { name: cluster.data?.name ?? '…' })}
        actions={<LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>}
      />
      {cluster.data && <StandingNotice cluster={cluster.data} />}
      <NeedsRole needs="operator" clusterId={clusterId}>
        <Loaded query={cluster} failed={t('loadFailed')} rows={8}>
          {(data) => (
            <Loaded query={directors} failed={t('directorsFailed')} rows={8}>
              {(known) => (
                <EditForm
                  key={data.head.number} cluster={data} directors={known}
                  onTheirs={async () => void (await cluster.refetch())}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      </NeedsRole>
    </Page>
  );
}

interface EditFormProps {
  cluster: ClusterView;
  directors: readonly KnownDirector[];
  onTheirs: () => Promise<void>;
}

function EditForm({ cluster, directors, onTheirs }: EditFormProps) {
  const t = useTranslations('clusterForm');
  const router = useRouter();
  const save = useMutation(useTRPC().clusters.save.mutationOptions());
  const [unsaved, setUnsaved] = useState<ClusterForm | null>(null);
  const saveOn = async (form: ClusterForm, base: number) => {
    setUnsaved(form);
    const number = await save.mutateAsync({ clusterId: cluster.id, base, ...form }).then((saved) => saved.number, () => null);
    if (number !== null) router.push(cluster.approvalRequired ? `/clusters/${cluster.id}/revisions/${number}` : `/clusters/${cluster.id}/change`);
    return number !== null;
  };
  const stale = save.error !== null && isFault(save.error, 'staleRevision');
  return (
    <ClusterFormPage
      initial={cluster.head.definition} directors={directors} submitLabel={t('saveRevision')} revises onEdited={() => save.reset()}
      onSave={(form) => saveOn(form, cluster.head.number)}
      failure={save.error !== null && (stale && unsaved !== null
        ? <StaleSave error={save.error} busy={save.isPending} onTheirs={() => void onTheirs()} onMine={(base) => void saveOn(unsaved, base)} />
        : <Failure what={t('saveFailed')} error={save.error} className="mt-3" />)}
    />
  );
}
