'use client';
// How a change that was to be confirmed ended, all its directors taken together.
import { Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ApplyView } from '../../../server/changes/change-view.ts';
import { useBackText } from './went-back.tsx';

export function ConfirmEnd({ apply }: { apply: ApplyView }) {
  const t = useTranslations('confirm');
  const text = useBackText();
  const { confirm, directors, revision } = apply;
  const concerned = directors.filter(({ confirmation }) => confirmation !== null);
  if (confirm === null || concerned.length === 0 || concerned.some(({ confirmation }) => confirmation === 'waiting')) return null;
  const back = concerned.filter(({ wentBack }) => wentBack !== null);
  const kept = concerned.filter(({ confirmation }) => confirmation === 'confirmed');
  const names = (some: typeof concerned): string => some.map(({ name }) => name).join(', ');
  const [first] = back;
  if (first === undefined || first.wentBack === null) {
    if (kept.length < concerned.length) return null;
    return <Notice tone="info" what={t('allConfirmed', { by: confirm.answer?.by ?? '', count: kept.length })} />;
  }
  if (kept.length > 0) return <Notice tone="warn" what={t('partly', { back: names(back), kept: names(kept) })} why={text(first.wentBack)} todo={t('partlyTodo', { revision })} />;
  return <Notice tone="warn" what={text(first.wentBack)} todo={t('wantedStays', { revision })} />;
}
