'use client';
// The time until directors go back by themselves. A timer is not read out each second.
import { durationText } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useNow } from '../../time/now.ts';

export interface CountdownProps {
  leftMs: number;
  /** When that was so, by the clock of this browser. */
  asOfMs: number;
}

export function Countdown({ leftMs, asOfMs }: CountdownProps) {
  const t = useTranslations('confirm');
  const now = useNow() ?? asOfMs;
  const left = leftMs - Math.max(now - asOfMs, 0);
  if (left < 1_000) return <span>{t('timeOver')}</span>;
  return <span role="timer" className="font-mono tabular-nums">{t('left', { span: durationText(Math.floor(left / 1_000) * 1_000) })}</span>;
}
