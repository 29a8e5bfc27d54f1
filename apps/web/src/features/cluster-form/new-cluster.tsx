'use client';
// A new cluster.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Empty } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { ClusterFormPage } from './cluster-form.tsx';
import { useInitialDefinition } from './definition/use-initial-definition.ts';
import type { KnownDirector } from './definition/findings.ts';
import type { ClusterForm } from './definition/form-values.ts';

export function NewCluster() {
  const t = useTranslations('clusterForm');
  const directors = useQuery(useTRPC().directors.list.queryOptions());
  return (
    <Page>
      <PageHead title={t('newTitle')} />
      <NeedsRole needs="operator">
        <Loaded query={directors} failed={t('directorsFailed')} rows={8}>
          {(known) => (known.length === 0
            ? <Empty title={t('noDirectors')} why={t('noDirectorsWhy')} action={<LinkButton href="/directors">{t('toDirectors')}</LinkButton>} />
            : <NewForm directors={known} />)}
        </Loaded>
      </NeedsRole>
    </Page>
  );
}

function NewForm({ directors }: { directors: readonly KnownDirector[] }) {
  const t = useTranslations('clusterForm');
  const router = useRouter();
  const create = useMutation(useTRPC().clusters.create.mutationOptions());
  const initial = useInitialDefinition(directors);
  const save = async (form: ClusterForm) => {
    const made = await create.mutateAsync(form).catch(() => null);
    if (made !== null) router.push(`/clusters/${made.clusterId}/change`);
    return made !== null;
  };
  return (
    <ClusterFormPage
      initial={initial} directors={directors} onSave={save} submitLabel={t('saveNew')} onEdited={() => create.reset()}
      failure={create.error !== null && <Failure what={t('saveFailed')} error={create.error} className="mt-3" />}
    />
  );
}
