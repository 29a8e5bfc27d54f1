'use client';
// Clusters that are over, and where they may be forwarded still. Shown only where there are any.
import { useQuery } from '@tanstack/react-query';
import { DataTable, Panel, StatusGlyph, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { RetiredCluster } from '../../../server/clusters/retirement.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Loaded } from '../../states/loaded.tsx';
import { When } from '../../time/when.tsx';

export function RetiredClusters() {
  const t = useTranslations('retiredClusters');
  const locale = useLocale();
  const retired = useQuery(useTRPC().clusters.retired.queryOptions());
  const columns = useMemo((): Column<RetiredCluster>[] => [
    { id: 'name', header: t('name'), cell: ({ id, name }) => <Link href={`/clusters/${id}`}>{name}</Link> },
    { id: 'outcome', header: t('outcome'), cell: ({ leftOn }) => <Outcome leftOn={leftOn} /> },
    { id: 'by', header: t('by'), cell: ({ by }) => by },
    { id: 'at', header: t('at'), cell: ({ at }) => <When at={at} /> },
  ], [t]);
  if (retired.data?.length === 0 || (retired.data === undefined && retired.error === null)) return null;
  return (
    <Panel title={t('title')} sub={retired.data?.length} padded={false}>
      <Loaded query={retired} failed={t('loadFailed')}>
        {(rows) => <DataTable caption={t('title')} columns={columns} rows={rows} rowId={({ id }) => id} locale={locale} className="max-h-80" />}
      </Loaded>
    </Panel>
  );
}

function Outcome({ leftOn }: Pick<RetiredCluster, 'leftOn'>) {
  const t = useTranslations('retiredClusters');
  if (leftOn.length === 0) return t('confirmed');
  return <StatusGlyph status="degraded" label={t('forgotten', { directors: leftOn.map(({ director }) => director).join(', ') })} showLabel />;
}
