'use client';
// The time until something happens by itself. A timer is not read out each second.
import { durationText } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { useNow } from '../../time/now.ts';

export interface CountdownProps {
  /** `back`: directors go back; `held`: a change ends without those that wait. */
  to: 'back' | 'held';
  leftMs: number;
  /** When that was so, by the clock of this browser. */
  asOfMs: number;
}

export function Countdown({ to, leftMs, asOfMs }: CountdownProps) {
  const t = useTranslations('confirm');
  const locale = useLocale();
  const now = useNow() ?? asOfMs;
  const left = leftMs - Math.max(now - asOfMs, 0);
  if (left < 1_000) return <span>{t(to === 'back' ? 'timeOver' : 'heldOver')}</span>;
  return <span role="timer" className="font-mono tabular-nums">{t(to === 'back' ? 'left' : 'heldLeft', { span: durationText(Math.floor(left / 1_000) * 1_000, locale) })}</span>;
}
