'use client';
// What the settings come to, in words.
import { reactionTime, type ServiceHealth, type Span } from '@weir/model';
import { useTranslations } from 'use-intl';
import { writeSeconds } from './written.ts';

/** How soon it is noticed and what is done then, and how soon one is back. Null while a number of a check is none. */
export function useReactionText(): (health: Pick<ServiceHealth, 'checks' | 'whenDown'>) => { readonly down: string; readonly back: string } | null {
  const t = useTranslations('healthForm');
  const text = ({ leastMs, mostMs }: Span) => t('span', { least: writeSeconds(leastMs), most: writeSeconds(mostMs) });
  return ({ checks, whenDown }) => {
    const time = reactionTime(checks);
    return time === null ? null : { down: t(`reaction.${whenDown}`, { silent: text(time.silent), refusing: text(time.refusing) }), back: t('reactionBack', { back: text(time.back) }) };
  };
}

export function ReactionSentence({ health }: { health: ServiceHealth }) {
  const t = useTranslations('healthForm');
  const text = useReactionText()(health);
  return <p className="text-sm text-muted">{text === null ? t('reactionUnknown') : `${text.down} ${text.back}`}</p>;
}
