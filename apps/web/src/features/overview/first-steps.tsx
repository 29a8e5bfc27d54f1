'use client';
// Nothing here yet: what Weir is for, and the one next step.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Empty, Panel } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { LinkButton } from '../states/link-button.tsx';

export function FirstSteps({ directors }: { directors: number }) {
  const t = useTranslations('firstSteps');
  if (directors === 0) {
    return (
      <Panel title={t('title')}>
        <Empty title={t('noDirector')} why={t('noDirectorWhy')} action={<LinkButton href="/directors" variant="primary">{t('enrol')}</LinkButton>} />
      </Panel>
    );
  }
  return <Panel title={t('title')}><FirstCluster /></Panel>;
}

function FirstCluster() {
  const t = useTranslations('firstSteps');
  const router = useRouter();
  const trpc = useTRPC();
  const tutorial = useQuery(trpc.clusters.tutorial.queryOptions());
  const create = useMutation(trpc.clusters.createTutorial.mutationOptions({ onSuccess: ({ applyId }) => router.push(`/changes/${applyId}`) }));
  const network = tutorial.data?.offered === true ? tutorial.data.network : null;
  return (
    <>
      <Empty
        title={t('noCluster')}
        why={network === null ? t('noClusterWhy') : t(`tutorialWhy.${network}`)}
        action={(
          <NeedsRole needs="operator" what={t('createCluster')}>
            <span className="flex flex-wrap justify-center gap-2">
              {network !== null && <Button variant="primary" busy={create.isPending} onClick={() => create.mutate({})}>{t('createTutorial')}</Button>}
              <LinkButton href="/clusters/new" variant={network === null ? 'primary' : 'secondary'}>{t('createCluster')}</LinkButton>
            </span>
          </NeedsRole>
        )}
      />
      {create.error !== null && <Failure what={t('tutorialFailed')} error={create.error} />}
    </>
  );
}
