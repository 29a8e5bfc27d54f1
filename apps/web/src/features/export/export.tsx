'use client';
// A cluster in the words of other programs: to copy, to save, and what they cannot say of it.
import { useQuery } from '@tanstack/react-query';
import type { ClusterDefinition } from '@weir/model';
import { formats } from '@weir/model/formats';
import { Panel, Tabs } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { wantedOf } from '../clusters/wanted.ts';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { FormatView } from './format-view.tsx';

export function Export({ clusterId }: { clusterId: string }) {
  const t = useTranslations('exporting');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }));
  return (
    <Page>
      <PageHead title={t('title', { name: cluster.data?.name ?? '…' })} actions={<LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>} />
      <Loaded query={cluster} failed={t('loadFailed')} rows={8}>
        {(data) => {
          const { definition, number } = wantedOf(data);
          return <Panel title={t('definition')} sub={t('revision', { revision: number })} padded={false}><Formats definition={definition} /></Panel>;
        }}
      </Loaded>
    </Page>
  );
}

function Formats({ definition }: { definition: ClusterDefinition }) {
  const t = useTranslations('exporting');
  return <Tabs label={t('format')} tabs={formats.map((format) => ({ id: format, label: t(`formats.${format}`), content: <FormatView definition={definition} format={format} /> }))} />;
}
