'use client';
// What is shown in words: which piece of time, how fine, and what of it is missing.
import { durationText, Notice } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { HistoryAnswer } from '../../../history/series.ts';
import { Failure } from '../../states/failure.tsx';
import type { ShownFlow } from '../flow/use-flow.ts';
import type { HistoryFlow } from '../flow/use-history-flow.ts';
import type { RangeChoice } from './use-range.ts';

export interface ShownRangeProps {
  choice: RangeChoice;
  shown: ShownFlow;
  /** That should be in it. */
  directors: number;
}

export function ShownRange({ choice: { range }, shown: { flow, history }, directors }: ShownRangeProps) {
  const t = useTranslations('charts');
  const locale = useLocale();
  const window = range.kind === 'piece' ? range.window : null;
  const text = window && new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).formatRange(window.fromMs, window.toMs);
  const fromHistory = flow !== null && !flow.live && history.flow !== null;
  return (
    <>
      <p className="flex min-h-5 flex-wrap gap-x-4 text-muted">
        {text !== null && <span>{t('shown', { range: text })}</span>}
        {flow !== null && <span>{t('step', { step: durationText(flow.stepMs, locale) })}</span>}
        {history.late && <output>{t('fetching')}</output>}
      </p>
      {history.error !== null && <FlowFailure history={history} />}
      {fromHistory && history.answer !== null && <Missing missing={history.answer.missing} directors={directors} />}
    </>
  );
}

export function FlowFailure({ history: { error, busy, retry } }: { history: HistoryFlow }) {
  const t = useTranslations('charts');
  return <Failure what={t('loadFailed')} error={error} busy={busy} onRetry={retry} />;
}

function Missing({ missing, directors }: { missing: HistoryAnswer['missing']; directors: number }) {
  const t = useTranslations('charts');
  if (missing.length === 0) return null;
  const all = Math.max(directors, missing.length);
  return (
    <Notice
      tone="warn" what={t('partial', { known: all - missing.length, all })}
      why={missing.map(({ name, why }) => t(`missing.${why}`, { name })).join(' · ')}
    />
  );
}
