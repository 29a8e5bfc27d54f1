'use client';
// What a director forwards, all in all, over time.
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Charts } from '../charts/draw/charts.tsx';
import type { LiveLine } from '../charts/flow/live-flow.ts';
import { useFlow } from '../charts/flow/use-flow.ts';
import type { HistoryAsk } from '../charts/flow/use-history-flow.ts';
import { useMarks } from '../charts/marks/use-marks.ts';
import { RangeBar } from '../charts/range/range-bar.tsx';
import type { Span } from '../charts/range/range.ts';
import { ShownRange } from '../charts/range/shown-range.tsx';
import { useRange } from '../charts/range/use-range.ts';

// The stream follows clusters, not directors: what is shown is history up to now.
const spans: readonly Span[] = ['1h', '6h', '1d', '1w', '1y'];
const noLines: readonly LiveLine[] = [];

export function DirectorCharts({ directorId, name }: { directorId: string; name: string }) {
  const t = useTranslations('charts');
  const choice = useRange('1h');
  const ask = useMemo((): HistoryAsk => ({ subject: { kind: 'director', directorId }, by: 'whole', name }), [directorId, name]);
  const shown = useFlow(null, choice.range, noLines, ask);
  const marks = useMarks(ask.subject, choice.range);
  return (
    <section aria-label={t('director')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">{t('director')}</h2>
        <RangeBar choice={choice} offered={spans} />
      </div>
      <ShownRange choice={choice} shown={shown} directors={1} />
      <Charts shown={shown} marks={marks} choice={choice} />
    </section>
  );
}
