'use client';
// Whether it is safe to take down, and if not, what is waited for.
import { durationText, StatusGlyph } from '@weir/ui';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import type { DrainView } from '../../server/drains/drain-view.ts';
import { momentText } from '../time/moment-text.ts';
import { useNow } from '../time/now.ts';
import { When } from '../time/when.tsx';
import { estimateOf, leftOf } from './standing.ts';

export function DrainVerdict({ drain }: { drain: DrainView }) {
  const t = useTranslations('drain');
  const { safe, safeAtMs, host, elsewhere } = drain;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-2">
      <output className="font-semibold"><StatusGlyph status={safe ? 'up' : 'draining'} label={t(safe ? 'safe' : 'notSafe')} showLabel /></output>
      {safeAtMs !== null && <span className="text-muted">{t(safe ? 'provedAt' : 'wasSafeAt')} <When at={safeAtMs} /></span>}
      {host === null && elsewhere.length > 0 && <span className="text-warn">{t('sameHost', { services: elsewhere.join(', ') })}</span>}
      {!safe && <Waiting drain={drain} />}
    </div>
  );
}

/** A timer is not read out each second. */
function Waiting({ drain }: { drain: DrainView }) {
  const t = useTranslations('drain');
  const format = useFormatter();
  const locale = useLocale();
  const now = useNow();
  const left = leftOf(drain);
  const doneAtMs = estimateOf(drain);
  const { host, deadlineMs, atDeadline, elsewhere } = drain;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      <span>{left === null ? t('leftUnknown') : t('left', { count: left, text: format.number(left) })}</span>
      {host !== null && elsewhere.length > 0 && <span className="text-warn">{t('elsewhere', { services: elsewhere.join(', ') })}</span>}
      {doneAtMs !== null && now !== null && <span>{t('estimate', { time: momentText(doneAtMs, now, locale) })}</span>}
      {deadlineMs !== null && now !== null && (
        deadlineMs > now
          ? <span>{t(`until.${atDeadline}`, { span: durationText(deadlineMs - now - ((deadlineMs - now) % 1_000), locale) })}</span>
          : <span className="text-warn">{t(`over.${atDeadline}`)}</span>
      )}
    </span>
  );
}
