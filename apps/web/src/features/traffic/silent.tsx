'use client';
// Who of the directors does not answer, and since when.
import { useTranslations } from 'use-intl';
import type { LiveDirector, LiveTick } from '../../live/topic.ts';
import { useSince } from '../time/when.tsx';

function silentOf({ directors }: LiveTick, counted: readonly string[]): LiveDirector[] {
  return directors.filter(({ directorId, state }) => state === 'silent' && counted.includes(directorId));
}

/** "lvs-b last seen 14:02:11 · 2 m ago"; null while what is counted is live. */
export function useSilence(): (tick: LiveTick | null, counted: readonly string[]) => string | null {
  const t = useTranslations('silent');
  const since = useSince();
  return (tick, counted) => {
    const silent = tick === null ? [] : silentOf(tick, counted);
    if (silent.length === 0) return null;
    return silent.map(({ name, lastSeenAtMs }) => (
      lastSeenAtMs === null ? t('never', { name }) : t('lastSeen', { name, since: since(lastSeenAtMs) }))).join(' · ');
  };
}
