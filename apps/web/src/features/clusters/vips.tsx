'use client';
// Who holds which VIP.
import type { Vip } from '@weir/model';
import { Copy, DataTable, Empty, Panel, StatusGlyph, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { wantedOf } from './wanted.ts';

export function Vips({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('vips');
  const locale = useLocale();
  const { directors } = cluster;
  const columns = useMemo((): Column<Vip>[] => {
    const nameOf = (id: string) => directors.find(({ directorId }) => directorId === id)?.name ?? id;
    return [
      { id: 'address', header: 'VIP', mono: true, cell: ({ address }) => <Address address={address} /> },
      {
        id: 'holder', header: t('holder'),
        cell: ({ holder }) => (holder === null ? <StatusGlyph status="degraded" label={t('nobody')} showLabel /> : nameOf(holder)),
      },
      {
        id: 'standby', header: t('standby'),
        cell: ({ holder }) => {
          const peers = directors.filter(({ directorId, state }) => directorId !== holder && state !== 'leaving');
          return peers.length > 0 ? peers.map(({ name }) => name).join(', ') : <StatusGlyph status="degraded" label={t('singlePoint')} showLabel />;
        },
      },
    ];
  }, [t, directors]);
  return (
    <Panel title={t('title')} padded={false}>
      <DataTable
        caption={t('title')} columns={columns} rows={wantedOf(cluster).definition.vips} rowId={({ address }) => address} locale={locale}
        empty={<Empty title={t('empty')} why={t('emptyWhy')} />}
      />
    </Panel>
  );
}

/** An address that is copied with one click. */
export function Address({ address }: { address: string }) {
  const t = useTranslations('tryIt');
  return (
    <span className="inline-flex items-center gap-1 font-mono">
      {address}
      <Copy value={address} label={t('copy', { command: address })} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
    </span>
  );
}
