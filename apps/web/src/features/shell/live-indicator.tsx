'use client';
// Whether what is shown moves, stands still by wish, or waits for the panel. A click or Space pauses and resumes.
import { buttonClass, durationText, Kbd, StatusGlyph, type Status } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { useLiveState, useLiveStore } from '../live/live-provider.tsx';
import type { LiveState } from '../live/live-store.ts';
import { useBehindMs } from '../live/use-behind.ts';

type Word = 'live' | 'held' | 'paused' | 'reconnecting' | 'connecting' | 'outdated';

const glyphs: Record<Word, Status> = {
  live: 'up', held: 'up', paused: 'draining', reconnecting: 'stale', connecting: 'unknown', outdated: 'degraded',
};

/** What is pointed at is held still, and goes on by itself: nobody has to let it. */
function wordOf({ link, pausedBy }: LiveState): Word {
  if (link !== 'live' || pausedBy === null) return link;
  return pausedBy === 'key' ? 'paused' : 'held';
}

export function LiveIndicator() {
  const t = useTranslations('live');
  const store = useLiveStore();
  const state = useLiveState();
  const word = wordOf(state);
  const paused = state.pausedBy === 'key';
  return (
    <button
      type="button"
      aria-pressed={paused}
      title={t(paused ? 'resume' : 'pause')}
      onClick={() => store.pause('key', !paused)}
      className={buttonClass('secondary', 'px-2')}
    >
      <StatusGlyph status={glyphs[word]} label={t(`words.${word}`)} showLabel />
      {paused && <Behind />}
      <span className="hidden md:inline" aria-hidden="true"><Kbd>{t('space')}</Kbd></span>
    </button>
  );
}

function Behind() {
  const t = useTranslations('live');
  const locale = useLocale();
  const behindMs = useBehindMs();
  return behindMs !== null && <span className="hidden text-sm text-muted md:inline">{t('behind', { span: durationText(behindMs, locale) })}</span>;
}
