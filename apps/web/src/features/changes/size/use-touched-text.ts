'use client';
// What a plan does to live connections, and its share of them, in the reader's words.
import { useTranslations } from 'use-intl';
import { shareOf } from './share.ts';
import type { TouchedTotal } from './totals.ts';

const gravest = ['reset', 'stall', 'drain'] as const;

/** "7 %"; a dash where there is nothing to be a share of. */
export function useShareText(): (part: number, whole: number) => string {
  const t = useTranslations('changes.share');
  return (part, whole) => {
    const share = shareOf(part, whole);
    return share.kind === 'unknown' ? '—' : t(share.kind, share);
  };
}

export function useTouchedText(): (total: TouchedTotal) => string {
  const t = useTranslations('changes.touches');
  const shareText = useShareText();
  return ({ live, fates }) => {
    const parts = gravest.filter((fate) => fates[fate] > 0).map((fate) => t(fate, { count: fates[fate] }));
    const touched = fates.drain + fates.stall + fates.reset;
    if (touched === 0) return t('none', { live });
    return t('some', { touched, live, share: shareText(touched, live), parts: parts.join(', ') });
  };
}
