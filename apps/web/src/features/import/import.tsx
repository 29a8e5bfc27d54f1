'use client';
// Import: a configuration from elsewhere, what became of each of its lines, and the cluster that it makes.
import { Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { NeedsRole } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import type { ReadApart } from './reader/read-apart.ts';
import { readDeadlineMs, useReading } from './reader/use-reading.ts';
import { ReportPanel } from './report-panel.tsx';
import { SourcePanel } from './source-panel.tsx';
import { UsePanel } from './use-panel.tsx';

export function Import() {
  const t = useTranslations('importing');
  const reading = useReading();
  return (
    <Page>
      <PageHead title={t('title')} actions={<LinkButton href="/clusters">{t('toClusters')}</LinkButton>} />
      <SourcePanel reading={reading} />
      {reading.result !== null && <Result key={reading.number} read={reading.result} />}
    </Page>
  );
}

function Result({ read }: { read: ReadApart }) {
  const t = useTranslations('importing');
  const errors = useTranslations('importErrors');
  if (read.kind === 'unknownFormat') return <Notice tone="error" what={t('failed')} why={t('unknownFormat')} />;
  if (read.kind === 'tookTooLong') return <Notice tone="error" what={t('failed')} why={t('tookTooLong', { seconds: readDeadlineMs / 1_000 })} />;
  if (read.kind === 'readerFailed') return <Notice tone="error" what={t('failed')} why={t('readerFailed', { reason: read.reason })} />;
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
      {definition.services.length > 0 && <NeedsRole needs="operator" what={t('use')}><UsePanel definition={definition} /></NeedsRole>}
    </>
  );
}
