'use client';
// The last tries of a check, newest first: when, how long, what was sent, expected and received, and what came of it.
import type { Try } from '@weir/model';
import { clockText, DataTable, StatusGlyph, unknownText, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { When } from '../../time/when.tsx';
import { useHealthText } from '../state/use-health-text.ts';

export function Tries({ caption, tries }: { caption: string; tries: readonly Try[] }) {
  const t = useTranslations('health.tries');
  const locale = useLocale();
  const newest = useMemo(() => tries.toReversed(), [tries]);
  const columns = useMemo((): Column<Try>[] => [
    { id: 'at', header: t('at'), mono: true, cell: ({ startedAtMs }) => <time dateTime={new Date(startedAtMs).toISOString()}>{clockText(startedAtMs, locale)}</time> },
    { id: 'result', header: t('result'), cell: (one) => <Result of={one} /> },
    { id: 'took', header: t('took'), numeric: true, cell: ({ tookMs }) => `${tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms` },
    { id: 'sent', header: t('sent'), cell: ({ sent }) => <Shown text={sent} /> },
    { id: 'expected', header: t('expected'), cell: ({ expected }) => <Shown text={expected} /> },
    { id: 'received', header: t('received'), cell: (one) => <Received of={one} /> },
  ], [t, locale]);
  return (
    <DataTable
      caption={caption} columns={columns} rows={newest} rowId={({ startedAtMs, checkId }) => `${checkId} ${startedAtMs}`} locale={locale}
      empty={<p className="px-3 py-2 text-muted">{t('none')}</p>}
    />
  );
}

/** Of a real server: shown as it came, on as many lines as it takes. */
function Shown({ text }: { text: string | null }) {
  return text === null || text === '' ? <span className="text-muted">{unknownText}</span> : <code className="block max-w-80 font-mono text-sm break-all whitespace-pre-wrap">{text}</code>;
}

function Received({ of: { received, certificateEndsAtMs } }: { of: Try }) {
  const t = useTranslations('health.tries');
  return (
    <>
      <Shown text={received} />
      {certificateEndsAtMs !== null && <span className="block text-sm text-muted">{t('certificateEnds')} <When at={certificateEndsAtMs} /></span>}
    </>
  );
}

function Result({ of: { result } }: { of: Try }) {
  const t = useTranslations('health.tries');
  const text = useHealthText();
  if (result.kind === 'good') {
    return <StatusGlyph status="up" label={result.weightPercent === null ? t('good') : t('goodAsks', { percent: result.weightPercent })} showLabel />;
  }
  return (
    <span className="inline-flex max-w-64 flex-col leading-4 whitespace-normal" title={text.failure(result.failure)}>
      <StatusGlyph status="down" label={text.failureWord(result.failure)} showLabel />
      {result.detail !== null && <span className="pl-4.5 text-sm break-all text-muted">{result.detail}</span>}
    </span>
  );
}
