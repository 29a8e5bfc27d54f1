'use client';
// Which revision a director has accepted, as a mark.
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ClusterDirectorView, HoldState } from '../../server/clusters/cluster-view.ts';

const glyphs: Record<HoldState, Status> = { current: 'up', behind: 'draft', none: 'draft', leaving: 'draft', unknown: 'unknown' };

export function Hold({ director }: { director: Pick<ClusterDirectorView, 'acceptedRevision' | 'state' | 'link'> }) {
  const t = useTranslations('holds');
  const { state, acceptedRevision, link } = director;
  const label = acceptedRevision === null ? t(state === 'unknown' ? 'unknown' : 'none') : t('revision', { revision: acceptedRevision });
  return (
    <StatusGlyph
      status={link === 'connected' || link === 'connecting' ? glyphs[state] : 'stale'}
      label={state === 'leaving' ? `${label} · ${t('leaving')}` : label}
      showLabel
    />
  );
}

/** Whether something waits to be applied. */
export function isPending(directors: readonly Pick<ClusterDirectorView, 'state'>[]): boolean {
  return directors.some(({ state }) => state === 'behind' || state === 'none' || state === 'leaving');
}
