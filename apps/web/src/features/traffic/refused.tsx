'use client';
// Whom a service turned away since it was added, and why; or why nobody says.
import { exactText, quantityText, unknownText } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { Refused } from '../../live/topic.ts';

export function RefusedFigure({ refused }: { refused: Refused }) {
  const t = useTranslations('traffic');
  const locale = useLocale();
  if (refused === null) return <span title={t('refusedUnknown')}>{unknownText}</span>;
  if (typeof refused === 'string') return <span className="text-muted">{t(`refusedUnsaid.${refused}`)}</span>;
  const { total, perSecond, reasons } = refused;
  return (
    <span>
      <span className="font-mono">{exactText(BigInt(total), locale)}</span>
      {perSecond !== null && perSecond > 0 && <span className="ml-2 font-mono text-warn">{quantityText(perSecond, 'countPerSecond', locale)}</span>}
      {reasons.map(({ reason, count }) => (
        <span key={reason} className="ml-2 text-muted">{t(`refusedFor.${reason}`)} <span className="font-mono text-text">{exactText(BigInt(count), locale)}</span></span>
      ))}
    </span>
  );
}
