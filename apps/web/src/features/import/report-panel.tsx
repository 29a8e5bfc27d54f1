'use client';
// The report of an import, line by line, by outcome.
import { reportOutcomes, type ReportLine, type ReportOutcome } from '@weir/model/formats';
import { Button, DataTable, Empty, Panel, type Column } from '@weir/ui';
import { useMemo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';

// More rows at once are more than a person reads, and the page must stay quick.
const pageLines = 200;

type Filter = ReportOutcome | 'all';

export function ReportPanel({ report }: { report: readonly ReportLine[] }) {
  const t = useTranslations('importing');
  const [filter, setFilter] = useState<Filter>('all');
  const [most, setMost] = useState(pageLines);
  const counts = useMemo(() => countsOf(report), [report]);
  const found = useMemo(() => (filter === 'all' ? report : report.filter(({ outcome }) => outcome === filter)), [report, filter]);
  const left = found.length - most;
  const choose = (chosen: Filter) => {
    setFilter(chosen);
    setMost(pageLines);
  };
  return (
    <Panel title={t('report')} sub={t('counts', { total: report.length })} padded={false}>
      <fieldset aria-label={t('outcome')} className="flex flex-wrap gap-2 border-b border-line p-3">
        {(['all', ...reportOutcomes] as const).map((outcome) => (
          <Button key={outcome} variant={outcome === filter ? 'primary' : 'secondary'} aria-pressed={outcome === filter} onClick={() => choose(outcome)}>
            {t('filterBy', { outcome: t(`outcomes.${outcome}`), count: counts[outcome] })}
          </Button>
        ))}
      </fieldset>
      <Lines lines={found.slice(0, most)} files={new Set(report.map(({ file }) => file)).size} />
      {left > 0 && <div className="p-3"><Button onClick={() => setMost(most + pageLines)}>{t('showMore', { count: Math.min(left, pageLines), left })}</Button></div>}
    </Panel>
  );
}

function countsOf(report: readonly ReportLine[]): Readonly<Record<Filter, number>> {
  const counts = { all: report.length, understood: 0, approximated: 0, leftOut: 0 };
  for (const { outcome } of report) counts[outcome] += 1;
  return counts;
}

const signs: Readonly<Record<ReportOutcome, readonly [sign: string, colour: string]>> = {
  understood: ['=', 'text-up'], approximated: ['~', 'text-warn'], leftOut: ['−', 'text-muted'],
};

function Lines({ lines, files }: { lines: readonly ReportLine[]; files: number }) {
  const t = useTranslations('importing');
  const notes = useTranslations('importNotes');
  const locale = useLocale();
  const columns = useMemo((): Column<ReportLine>[] => [
    ...(files > 1 ? [{ id: 'file', header: t('file'), mono: true, cell: ({ file }: ReportLine) => file }] : []),
    { id: 'line', header: t('line'), numeric: true, cell: ({ line }) => line },
    { id: 'text', header: t('text'), mono: true, cell: ({ text }) => <span className="block max-w-160 min-w-40 whitespace-normal break-words">{text}</span> },
    {
      id: 'outcome', header: t('outcome'),
      cell: ({ outcome }) => <span><span aria-hidden="true" className={`font-mono ${signs[outcome][1]}`}>{signs[outcome][0]}</span> {t(`outcomes.${outcome}`)}</span>,
    },
    {
      id: 'note', header: t('note'),
      cell: (line) => line.notes.map(({ code, params }) => (
        <span key={`${code} ${JSON.stringify(params)}`} className="block min-w-60 whitespace-normal">{notes(code, params)}</span>)),
    },
  ], [t, notes, files]);
  return (
    <DataTable
      caption={t('report')} columns={columns} rows={lines} rowId={({ file, line }) => `${file}:${line}`} locale={locale}
      empty={<Empty title={t('noLines')} why={t('noLinesWhy')} />}
    />
  );
}
