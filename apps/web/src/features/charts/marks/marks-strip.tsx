'use client';
// What happened, on the axis of a page's charts.
import { TimeMarks } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { eventsMax } from '../../../events/event.ts';
import { useLiveState, useLiveStore } from '../../live/live-provider.tsx';
import { Failure } from '../../states/failure.tsx';
import type { Flow } from '../flow/flow.ts';
import type { Marks } from './use-marks.ts';

export function MarksStrip({ marks: { marks, isCut, error, busy, retry }, flow }: { marks: Marks; flow: Flow }) {
  const t = useTranslations('charts');
  const now = useTranslations('chart')('now');
  const locale = useLocale();
  const router = useRouter();
  const store = useLiveStore();
  const { pausedSinceMs } = useLiveState();
  const texts = useMemo(() => ({ now, none: t('marksNone'), many: (count: number) => t('marks', { count }) }), [t, now]);
  if (error !== null && marks.length === 0) return <Failure what={t('marksFailed')} error={error} busy={busy} onRetry={retry} />;
  return (
    <div>
      <TimeMarks
        name={t('happened')} marks={marks} window={flow.window} rangeKey={flow.key} clock={!flow.live} slides={flow.slides} locale={locale} texts={texts}
        paused={pausedSinceMs !== null} onPause={(on) => store.pause('pointer', on)} onOpen={(href) => router.push(href)}
      />
      {isCut && <p className="text-sm text-muted">{t('marksMore', { count: eventsMax })}</p>}
    </div>
  );
}
