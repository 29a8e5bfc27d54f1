// What is not in a total, in words: nobody is to take a part for the whole.
import { useTranslations } from 'use-intl';
import type { LiveTick } from '../../live/topic.ts';
import type { TotalName, Totals } from '../../live/totals.ts';

/** Whether nothing of what a tick says is of now. */
export function allSilent({ directors }: LiveTick): boolean {
  return directors.every(({ state }) => state === 'silent');
}

/** The gravest first; none where the total is the whole. */
export function useNotIn(): (name: TotalName, totals: Totals | undefined) => readonly string[] {
  const t = useTranslations('overview');
  return (name, totals) => {
    if (totals === undefined) return [];
    const { unknown, unseen } = totals[name];
    if (totals.twoByteKinds && name.startsWith('bytes')) return [t('twoByteKinds')];
    return [...(unseen > 0 ? [t('repliesUnseen')] : []), ...(unknown > 0 ? [t('servicesUnknown', { count: unknown })] : [])];
  };
}
