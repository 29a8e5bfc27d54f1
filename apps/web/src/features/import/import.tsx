'use client';
// Import: a configuration from elsewhere, what became of each of its lines, and the cluster that it makes.
import { Notice } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { NeedsRole } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import type { ReadSource } from './read-source.ts';
import { ReportPanel } from './report-panel.tsx';
import { SourcePanel } from './source-panel.tsx';
import { UsePanel } from './use-panel.tsx';

export function Import() {
  const t = useTranslations('importing');
  const [read, setRead] = useState<{ readonly number: number; readonly what: ReadSource } | null>(null);
  return (
    <Page>
      <PageHead title={t('title')} actions={<LinkButton href="/clusters">{t('toClusters')}</LinkButton>} />
      <SourcePanel onRead={(what) => setRead(what === null ? null : { number: (read?.number ?? 0) + 1, what })} />
      {read !== null && <Result key={read.number} read={read.what} />}
    </Page>
  );
}

function Result({ read }: { read: ReadSource }) {
  const t = useTranslations('importing');
  const errors = useTranslations('importErrors');
  if (read.kind === 'unknownFormat') return <Notice tone="error" what={t('failed')} why={t('unknownFormat')} />;
  if (read.kind === 'failed') {
    const { code, file, line, params } = read.error;
    return <Notice tone="error" what={line === null ? t('failed') : t('failedAt', { file, line })} why={errors(code, params)} />;
  }
  const { definition, hints, report, unused } = read.imported;
  return (
    <>
      {unused.length > 0 && <Notice tone="warn" what={t('unused', { count: unused.length, files: unused.join(', ') })} />}
      <ReportPanel report={report} />
      <PreviewPanel definition={definition} hints={hints} />
      {definition.services.length > 0 && <NeedsRole needs="operator"><UsePanel definition={definition} /></NeedsRole>}
    </>
  );
}
