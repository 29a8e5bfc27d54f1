'use client';
// The last tries of a check, newest first: when, how long, what was received and what came of it; what was sent and expected once, above them.
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
  const [last] = newest;
  const columns = useMemo((): Column<Try>[] => [
    { id: 'at', header: t('at'), mono: true, cell: ({ startedAtMs }) => <time dateTime={new Date(startedAtMs).toISOString()}>{clockText(startedAtMs, locale)}</time> },
    { id: 'result', header: t('result'), cell: (one) => <Result of={one} /> },
    { id: 'took', header: t('took'), numeric: true, cell: ({ tookMs }) => `${tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms` },
    { id: 'received', header: t('received'), cell: (one) => <Received of={one} /> },
  ], [t, locale]);
  return (
    <>
      {last !== undefined && <Asked of={last} />}
      <DataTable
        caption={caption} columns={columns} rows={newest} rowId={({ startedAtMs, checkId }) => `${checkId} ${startedAtMs}`} locale={locale}
        empty={<p className="px-3 py-2 text-muted">{t('none')}</p>}
      />
    </>
  );
}

/** The same at each try, as long as the check is the same. */
function Asked({ of: { sent, expected } }: { of: Try }) {
  const t = useTranslations('health.tries');
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 px-3 pb-2 text-sm">
      {([['sent', sent], ['expected', expected]] as const).map(([name, text]) => text !== null && text !== '' && (
        <div key={name} className="min-w-0"><dt className="text-muted">{t(name)}</dt><dd><Shown text={text} /></dd></div>
      ))}
    </dl>
  );
}

/** Of a real server: as it came. */
function Shown({ text }: { text: string }) {
  return <code className="block max-w-160 font-mono text-sm break-words whitespace-pre-wrap">{text}</code>;
}

function Received({ of: { received, certificateEndsAtMs } }: { of: Try }) {
  const t = useTranslations('health.tries');
  return (
    <>
      {received === null || received === '' ? <span className="text-muted">{unknownText}</span> : <FirstLine text={received} />}
      {certificateEndsAtMs !== null && <span className="block text-sm text-muted">{t('certificateEnds')} <When at={certificateEndsAtMs} /></span>}
    </>
  );
}

/** The rest is there for whoever wants it. */
function FirstLine({ text }: { text: string }) {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0 && first.length <= lineMax) return <Shown text={first} />;
  return (
    <details className="min-w-48 whitespace-normal">
      <summary className="font-mono text-sm">{first.length > lineMax ? `${first.slice(0, lineMax)}…` : first}</summary>
      <Shown text={text} />
    </details>
  );
}

const lineMax = 80;

function Result({ of: { result } }: { of: Try }) {
  const t = useTranslations('health.tries');
  const text = useHealthText();
  if (result.kind === 'good') {
    return <StatusGlyph status="up" label={result.weightPercent === null ? t('good') : t('goodAsks', { percent: result.weightPercent })} showLabel />;
  }
  return (
    <span className="inline-flex flex-col py-0.5 leading-4" title={text.failure(result.failure)}>
      <StatusGlyph status="down" label={text.failureWord(result.failure)} showLabel />
      {result.detail !== null && <span className="min-w-40 max-w-96 pl-4.5 text-sm break-words whitespace-normal text-muted">{result.detail}</span>}
    </span>
  );
}
