'use client';
// What is wrong with a director's asking itself: its own network, perhaps, or that it does not come round.
import type { CheckerState } from '@weir/protocol';
import { durationText, Notice } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { useSince } from '../../time/when.tsx';

export function CheckerNotice({ director, checker: { braked, late } }: { director: string; checker: CheckerState }) {
  const t = useTranslations('health.checker');
  const locale = useLocale();
  const since = useSince();
  return (
    <>
      {braked !== null && <Notice tone="warn" what={t('braked', { director, hosts: braked.hosts, time: since(braked.sinceMs) })} why={t('brakedWhy')} />}
      {late !== null && <Notice tone="warn" what={t('late', { director, targets: late.targets, worst: durationText(late.worstMs, locale), time: since(late.sinceMs) })} why={t('lateWhy')} />}
    </>
  );
}
