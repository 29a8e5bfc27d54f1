'use client';
// An override in words: "0 of 100: maintenance by Ada, until 14:00".
import { isOverrideOf, type Override } from '@weir/model';
import { unknownText } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { useDrains } from '../drain/use-drains.ts';
import { useNow } from '../time/now.ts';
import { momentText } from '../time/moment-text.ts';

export interface OverrideWords {
  /** The effect: a weight, or that it is taken out. */
  readonly effect: (override: Override) => string;
  readonly end: (override: Override) => string;
  readonly whole: (override: Override, definedWeight: number | null) => string;
  /** Without the defined weight, for one that waits. */
  readonly short: (override: Override) => string;
}

/** The director's own: no person began it, and none ends it. */
function isOwn({ cause }: Override): boolean {
  return cause === 'health' || cause === 'slowStart';
}

/** Of one cluster's. */
export function useOverrideText(clusterId: string): OverrideWords {
  const t = useTranslations('overrides');
  const locale = useLocale();
  const now = useNow();
  const effect = (override: Override): string => (override.effect.kind === 'weight' ? String(override.effect.weight) : t('removed'));
  const drains = useDrains(clusterId);
  const moment = (atMs: number): string => momentText(atMs, now ?? atMs, locale);
  const end = (override: Override): string => {
    if (override.endsAtMs !== null) return t('until', { time: moment(override.endsAtMs) });
    const drain = drains.find(({ id }) => isOverrideOf(id, override));
    return drain === undefined || drain.deadlineMs === null ? t('untilEnded') : t(`drainEnd.${drain.atDeadline}`, { time: moment(drain.deadlineMs) });
  };
  const words = (override: Override) => ({ weight: effect(override), cause: t(`causes.${override.cause}`), author: override.author, end: end(override) });
  return {
    effect, end,
    whole: (override, definedWeight) => t(isOwn(override) ? 'standingOwn' : 'standing', { ...words(override), defined: definedWeight === null ? unknownText : String(definedWeight) }),
    short: (override) => t(isOwn(override) ? 'waitingOwn' : 'waiting', words(override)),
  };
}
