'use client';
// What a director forwards, all in all, over time.
import { Stale } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { directorTopic } from '../../live/topic.ts';
import { Charts } from '../charts/draw/charts.tsx';
import { remembered, wholeDirector } from '../charts/flow/live-flow.ts';
import { useFlow } from '../charts/flow/use-flow.ts';
import type { HistoryAsk } from '../charts/flow/use-history-flow.ts';
import { useLiveWindow } from '../charts/flow/use-live-flow.ts';
import { useMarks } from '../charts/marks/use-marks.ts';
import { RangeBar } from '../charts/range/range-bar.tsx';
import { ShownRange } from '../charts/range/shown-range.tsx';
import { useRange } from '../charts/range/use-range.ts';
import { useTopic } from '../live/live-provider.tsx';
import { useSilence } from '../traffic/silent.tsx';

export function DirectorCharts({ directorId, name }: { directorId: string; name: string }) {
  const t = useTranslations('charts');
  const choice = useRange();
  const { now } = useTopic(directorTopic(directorId));
  const silence = useSilence();
  const lines = useMemo(() => [remembered(wholeDirector(directorId, name))], [directorId, name]);
  const ask = useMemo((): HistoryAsk => ({ subject: { kind: 'director', directorId }, by: 'whole', name }), [directorId, name]);
  const shown = useFlow(useLiveWindow(now, choice.range), choice.range, lines, ask);
  const marks = useMarks(ask.subject, choice.range);
  return (
    <section aria-label={t('director')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">{t('director')}</h2>
        <RangeBar choice={choice} />
      </div>
      <ShownRange choice={choice} shown={shown} directors={1} />
      <Stale since={silence(now.latest, [directorId])}>
        <Charts shown={shown} marks={marks} choice={choice} />
      </Stale>
    </section>
  );
}
