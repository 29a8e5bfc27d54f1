'use client';
// The overview's shape while it comes.
import { Panel, Skeleton } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { Layout } from './layout.tsx';

export function Outline() {
  const t = useTranslations('overview');
  return (
    <Layout
      totals={<div className="h-39 shrink-0 rounded-md border border-line bg-panel max-sm:h-58.5 xl:h-19.5" />}
      services={<Panel title={t('services')} actions={<span className="h-8 max-md:h-10" />} padded={false} className="xl:min-h-0 xl:flex-1"><Skeleton label={t('loading')} rows={15} className="xl:h-full xl:overflow-hidden" /></Panel>}
      throughput={<Panel title={t('throughput')} className="shrink-0"><div className="h-23" /></Panel>}
      aside={(
        <>
          <Panel title={t('topology')} padded={false} className="xl:min-h-40 xl:flex-1"><Skeleton label={t('loading')} rows={6} className="xl:h-full xl:overflow-hidden" /></Panel>
          <Panel title={t('directors')} padded={false} className="shrink-0"><Skeleton label={t('loading')} rows={2} /></Panel>
        </>
      )}
    />
  );
}
