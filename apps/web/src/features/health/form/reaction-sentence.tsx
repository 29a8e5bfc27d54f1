'use client';
// What the settings come to, in words.
import { reactionTime, type ServiceHealth, type Span } from '@weir/model';
import { useTranslations } from 'use-intl';
import { writeSeconds } from './written.ts';

export function ReactionSentence({ health }: { health: ServiceHealth }) {
  const t = useTranslations('healthForm');
  const time = reactionTime(health.checks);
  if (time === null) return <p className="text-sm text-muted">{t('reactionUnknown')}</p>;
  const text = ({ leastMs, mostMs }: Span) => t('span', { least: writeSeconds(leastMs), most: writeSeconds(mostMs) });
  return (
    <p className="text-sm text-muted">
      {t(`reaction.${health.whenDown}`, { silent: text(time.silent), refusing: text(time.refusing) })}
      {' '}{t('reactionBack', { back: text(time.back) })}
    </p>
  );
}
